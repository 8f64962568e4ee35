public import OrderedCollections
public import Value

/// A call's arguments as they travel: by position and by name, not yet checked against a signature.
public struct CallArguments: Sendable, Hashable {
  public var positional: [Value]
  public var named: ValueMap

  public init(_ positional: [Value] = [], named: ValueMap = [:]) {
    self.positional = positional
    self.named = named
  }
}
