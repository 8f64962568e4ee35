import ZeroMQ

/// A port that the master cannot listen on, and the setting that says which one it is.
public struct ListenError: Error, Sendable, CustomStringConvertible {
  public let cause: ZMQError
  /// A setting of `master.yaml`.
  public let setting: String

  init(_ cause: ZMQError, setting: String) {
    self.cause = cause
    self.setting = setting
  }

  public var description: String {
    let advice =
      cause.isAddressInUse
      ? "another program (perhaps another master) listens there: end it, or set another \(setting)"
      : "\(setting) and interface of master.yaml say where it listens"
    return "\(cause) (\(advice))"
  }
}
