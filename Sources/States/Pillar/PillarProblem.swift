/// One thing that is wrong with a pillar: in full for who may read the pillar's files, and in short for who may not.
public struct PillarProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// With Salt's words, the place, and the lines of the file around it.
  public var message: String
  /// What it is about, the place and the kind of fault: no line and no value of the pillar's files.
  public var summary: String

  public init(_ message: String, summary: String? = nil) {
    self.message = message
    self.summary = summary ?? message
  }

  /// A fault in a file.
  ///
  /// - Parameters:
  ///   - opening: how the message begins, up to Salt's "render error".
  ///   - subject: what the summary is about.
  init(_ problem: StateProblem, opening: String, subject: String) {
    let place = problem.place.prefix { !$0.isNewline }
    self.init(
      "\(opening)\n\(problem)",
      summary: "\(subject): \(problem.cause ?? "it could not be rendered")" + (place.isEmpty ? "" : " at \(place)"))
  }

  public var description: String { message }
}
