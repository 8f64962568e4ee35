/// The texts of a run's SLS by path, to show the line that a problem is about.
public struct SourceTexts: Sendable {
  private var texts: [String: RenderedSource] = [:]

  public init() {}

  public subscript(_ file: String) -> RenderedSource? {
    get { texts[file] }
    set { texts[file] = newValue }
  }

  /// A place in words: file and line, the line itself, and the includes that led there.
  public func describe(_ place: SourcePlace) -> String {
    guard let source = texts[place.file] else {
      return place.file + (place.line > 0 ? ":\(place.line)" : "")
    }
    return ([source.excerpt(place)] + includes(of: place.file)).joined(separator: "\n")
  }

  /// The lines that say who included a file, the nearest first.
  func includes(of file: String) -> [String] {
    var lines: [String] = []
    var next = texts[file]?.includedFrom
    while let parent = next, lines.count < 50 {
      lines.append("  included by \(parent.file)" + (parent.line > 0 ? ":\(parent.line)" : ""))
      next = texts[parent.file]?.includedFrom
    }
    return lines
  }

  func problem(_ message: String, _ place: SourcePlace, hint: String? = nil) -> StateProblem {
    StateProblem(message, place: describe(place), hint: hint)
  }
}
