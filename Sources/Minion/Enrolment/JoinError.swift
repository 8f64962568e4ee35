/// Why a host could not join.
public struct JoinError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case badInvitation, unreachable, wrongMaster, refused, notJoined
  }
  public var code: Code
  public var message: String
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
  public var description: String { message }
}
