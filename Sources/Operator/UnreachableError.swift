/// The master does not answer.
public struct UnreachableError: Error, Sendable, CustomStringConvertible {
  public var endpoint: String
  public var reason: String

  public init(endpoint: String, reason: String) {
    self.endpoint = endpoint
    self.reason = reason
  }

  public var description: String { "The master at \(endpoint) cannot be reached: \(reason)." }
}
