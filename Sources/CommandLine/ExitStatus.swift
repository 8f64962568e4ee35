/// Ends the program with a status; what is to be said has been said.
public struct ExitStatus: Error, Sendable, Hashable {
  public var code: Int32

  public init(_ code: Int32) { self.code = code }
}
