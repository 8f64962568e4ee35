import OrderedCollections
public import Value

/// Reads a message's fields with their types and bounds.
public struct FieldReader: Sendable {
  private let fields: ValueMap

  public init(_ fields: ValueMap) { self.fields = fields }

  public func string(_ name: String, maximum: Int = 4096) throws(WireError) -> String {
    guard let text = try optionalString(name, maximum: maximum) else { throw missing(name, "a string") }
    return text
  }

  public func optionalString(_ name: String, maximum: Int = 4096) throws(WireError) -> String? {
    switch fields[name] {
    case nil, .null?: return nil
    case .string(let text)?:
      guard text.utf8.count <= maximum else { throw WireError(.badField, "'\(name)' is longer than \(maximum) bytes") }
      return text
    default: throw missing(name, "a string")
    }
  }

  public func int(_ name: String) throws(WireError) -> Int64 {
    guard let number = fields[name]?.intValue else { throw missing(name, "an integer") }
    return number
  }

  public func optionalInt(_ name: String) throws(WireError) -> Int64? {
    switch fields[name] {
    case nil, .null?: return nil
    case .int(let number)?: return number
    default: throw missing(name, "an integer")
    }
  }

  public func bool(_ name: String) throws(WireError) -> Bool {
    switch fields[name] {
    case nil, .null?: return false
    case .bool(let flag)?: return flag
    default: throw missing(name, "a boolean")
    }
  }

  public func optionalBytes(_ name: String) throws(WireError) -> [UInt8]? {
    switch fields[name] {
    case nil, .null?: return nil
    case .bytes(let bytes)?: return bytes
    default: throw missing(name, "bytes")
    }
  }

  public func bytes(_ name: String) throws(WireError) -> [UInt8] {
    guard let bytes = try optionalBytes(name) else { throw missing(name, "bytes") }
    return bytes
  }

  public func map(_ name: String) throws(WireError) -> ValueMap {
    switch fields[name] {
    case nil, .null?: return [:]
    case .map(let map)?: return map
    default: throw missing(name, "a map")
    }
  }

  public func list(_ name: String) throws(WireError) -> [Value] {
    switch fields[name] {
    case nil, .null?: return []
    case .list(let list)?: return list
    default: throw missing(name, "a list")
    }
  }

  public func strings(_ name: String) throws(WireError) -> [String] {
    var strings: [String] = []
    for item in try list(name) {
      guard let text = item.stringValue else { throw missing(name, "a list of strings") }
      strings.append(text)
    }
    return strings
  }

  public func value(_ name: String) -> Value { fields[name] ?? .null }

  /// A member of a closed set.
  public func choice<Choice: RawRepresentable<String>>(_ name: String, _ type: Choice.Type) throws(WireError) -> Choice
  {
    let text = try string(name)
    guard let choice = Choice(rawValue: text) else { throw WireError(.badField, "'\(name)' may not be '\(text)'") }
    return choice
  }

  /// A validated minion id.
  public func minionID(_ name: String) throws(WireError) -> MinionID {
    let text = try string(name)
    guard let id = MinionID(text) else { throw WireError(.badField, "'\(name)' is not a minion id") }
    return id
  }

  public func jobID(_ name: String) throws(WireError) -> JobID {
    let text = try string(name)
    guard let id = JobID(text) else { throw WireError(.badField, "'\(name)' is not a job id") }
    return id
  }

  private func missing(_ name: String, _ type: String) -> WireError {
    WireError(.badField, "'\(name)' is missing or not \(type)")
  }
}
