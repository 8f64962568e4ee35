/// Waited in vain.
public struct TimeIsUp: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
