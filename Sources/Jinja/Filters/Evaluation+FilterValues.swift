extension Evaluation {
  /// A string to work on, as Jinja's `soft_str` makes it: a safe string stays one.
  func softText(_ value: TemplateValue) throws -> TemplateValue {
    switch value {
    case .string, .markup: value
    default: .string(try text(value))
    }
  }

  /// The text of a string, for functions that take nothing else.
  ///
  /// - Throws: Python's TypeError.
  func string(_ value: TemplateValue) throws -> String {
    guard let text = value.stringValue else {
      throw TemplateFailure(.operation, "expected string or bytes-like object, got '\(value.typeName)'")
    }
    return text
  }

  /// - Throws: when the value is undefined, as any use of it in Python does.
  func defined(_ value: TemplateValue) throws -> TemplateValue {
    if case .undefined(let undefined) = value, !undefined.isLenient { throw undefined.failure }
    return value
  }

  /// The bytes of a string (UTF-8) or of bytes, as Salt's `to_bytes` makes them.
  func bytes(_ value: TemplateValue) throws -> [UInt8] {
    switch value {
    case .bytes(let bytes): return bytes
    case .string(let text), .markup(let text): return Array(text.utf8)
    case .undefined(let undefined): throw undefined.failure
    default:
      throw TemplateFailure(
        .operation, "expected str, bytes, or bytearray not \(Self.className(value))")
    }
  }

  /// `<class 'int'>`.
  static func className(_ value: TemplateValue) -> String { "<class '\(value.typeName)'>" }

  /// The entries of a dict.
  ///
  /// - Throws: Python's AttributeError, as calling `items` on anything else gives it.
  func dict(_ value: TemplateValue) throws -> TemplateDict {
    guard case .dict(let dict) = try defined(value) else {
      throw TemplateFailure(.operation, "'\(value.typeName)' object has no attribute 'items'")
    }
    return dict
  }

  /// A method of a string, applied.
  func method(_ name: String, of value: TemplateValue, _ arguments: TemplateValue...) throws -> TemplateValue {
    try call(method: name, of: value, TemplateArguments(arguments))
  }

  /// A list with its memory counted.
  func list(_ elements: [TemplateValue]) throws -> TemplateValue {
    try claim(bytes: elements.count * 16)
    return .list(TemplateList(elements))
  }

  /// The elements, sorted by a key as Python's `sorted` does: stable, and stable too when reversed.
  func sorted<Element>(
    _ elements: [Element], reverse: Bool = false, by key: (Element) throws -> TemplateValue
  ) throws -> [Element] {
    try charge(elements.count)
    let keyed = try elements.map { (key: try key($0), element: $0) }
    // A single element is compared with nothing, but Python still makes its key.
    let inOrder = try (reverse ? keyed.reversed() : keyed).sorted { try isLess($0.key, $1.key) }
    return (reverse ? inOrder.reversed() : inOrder).map(\.element)
  }

  /// - Throws: when something in the value is undefined: some of Salt's filters look through it first.
  func complete(_ value: TemplateValue) throws -> TemplateValue {
    var seen = Set<ObjectIdentifier>()
    try look(through: value, &seen, depth: 0)
    return value
  }

  private func look(through value: TemplateValue, _ seen: inout Set<ObjectIdentifier>, depth: Int) throws {
    guard depth < 100 else { return }
    try charge()
    switch value {
    case .undefined(let undefined) where !undefined.isLenient: throw undefined.failure
    case .list(let list) where seen.insert(ObjectIdentifier(list)).inserted:
      for element in list.elements { try look(through: element, &seen, depth: depth + 1) }
    case .tuple(let elements): for element in elements { try look(through: element, &seen, depth: depth + 1) }
    case .dict(let dict) where seen.insert(ObjectIdentifier(dict)).inserted:
      for element in dict.entries.values { try look(through: element, &seen, depth: depth + 1) }
    default: break
    }
  }
}
