/// What an operator decides on a minion's key.
public enum KeyDecision: String, Sendable, Hashable, CaseIterable {
  case accept, reject, revoke
}
