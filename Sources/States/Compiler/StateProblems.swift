/// All that is wrong with an SLS tree: a run with any of these does nothing.
public struct StateProblems: Error, Sendable, Hashable, CustomStringConvertible {
  public var problems: [StateProblem]

  public init(_ problems: [StateProblem]) { self.problems = problems }

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
