public import OrderedCollections

/// The one dynamic type of Brine: what travels in jobs and results, what YAML, JSON and MessagePack are read into.
///
/// Maps keep their order (Salt's outputs and states depend on it) and may have keys other than strings, as YAML allows.
public enum Value: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(ValueMap)
}

/// An ordered map from value to value. Most keys are strings: `map["name"]` reads them directly.
public typealias ValueMap = OrderedDictionary<Value, Value>

extension OrderedDictionary where Key == Value, Value == BrineValue {
  /// The entry under a string key.
  public subscript(_ key: String) -> BrineValue? {
    get { self[BrineValue.string(key)] }
    set { self[BrineValue.string(key)] = newValue }
  }
}

/// `Value` under a name that generic parameters called `Value` do not shadow.
public typealias BrineValue = Value
