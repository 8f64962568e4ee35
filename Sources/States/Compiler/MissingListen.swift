/// A `listen` or `listen_in` that names a state that does not exist: Salt runs everything and then adds a failed result
/// with the key `Listen_Error_|-listen_ID_|-listen_MODULE_|-Listen_Error`.
public struct MissingListen: Sendable, Hashable {
  public var module: String
  public var id: String
  /// Positions of the states of which one must have changed for the fault to be reported; empty: it always is.
  public var triggers: [Int]

  public init(module: String, id: String, triggers: [Int] = []) {
    self.module = module
    self.id = id
    self.triggers = triggers
  }

  /// Salt's comment.
  public var comment: String { "Referenced state \(module): \(id) does not exist" }
}
