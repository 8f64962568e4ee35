import Value

extension Evaluation {
  /// What a `for` loop goes through: elements, the keys of a dict, the characters of a string.
  ///
  /// - Throws: for undefined values and what cannot be iterated.
  public func elements(of value: TemplateValue) throws -> [TemplateValue] {
    switch value {
    case .list(let list):
      try charge(list.elements.count)
      return list.elements
    case .tuple(let elements):
      try charge(elements.count)
      return elements
    case .dict(let dict):
      try charge(dict.entries.count)
      return dict.entries.keys.map(\.value)
    case .string(let text), .markup(let text):
      try charge(text.utf8.count)
      return text.unicodeScalars.map { .string(String($0)) }
    case .bytes(let bytes):
      try charge(bytes.count)
      return bytes.map { .int(Int64($0)) }
    case .object(let object):
      if let sized = object as? any SizedObject { try charge(sized.length) }
      guard let elements = try object.elements() else { throw notIterable(value) }
      try charge(elements.count)
      return elements
    case .undefined(let undefined):
      guard undefined.isLenient else { throw undefined.failure }
      return []
    case .none, .bool, .int, .double: throw notIterable(value)
    }
  }

  /// Python's `len()`.
  public func length(of value: TemplateValue) throws -> Int {
    switch value {
    case .list(let list): return list.elements.count
    case .tuple(let elements): return elements.count
    case .dict(let dict): return dict.entries.count
    case .string(let text), .markup(let text): return text.unicodeScalars.count
    case .bytes(let bytes): return bytes.count
    case .object(let object):
      if let sized = object as? any SizedObject { return sized.length }
      guard let elements = try object.elements() else { throw hasNoLength(value) }
      return elements.count
    case .undefined(let undefined):
      guard undefined.isLenient else { throw undefined.failure }
      return 0
    case .none, .bool, .int, .double: throw hasNoLength(value)
    }
  }

  private func hasNoLength(_ value: TemplateValue) -> TemplateFailure {
    TemplateFailure(.operation, "object of type '\(value.typeName)' has no len()")
  }

  /// `value.name`: the attribute, or the item of that name, or undefined.
  ///
  /// - Throws: when the value itself is undefined.
  public func attribute(_ name: String, of value: TemplateValue) throws -> TemplateValue {
    try charge()
    switch value {
    case .undefined(let undefined): throw undefined.failure
    case .object(let object):
      if name.utf8.first == UInt8(ascii: "_"), Self.isInternal(name) { return unsafe(name, of: value) }
      if let attribute = try object.attribute(name) { return attribute }
      if let item = try object.item(.string(name)) { return item }
    default:
      if Self.isInternal(name) { return unsafe(name, of: value) }
      if let attribute = BoundMethod.property(name, of: value) { return attribute }
      if BoundMethod.exists(name, on: value) { return .object(BoundMethod(value, name, self)) }
      if case .dict(let dict) = value, let item = dict.entries[.string(name)] { return item }
    }
    return missing(name, of: value)
  }

  /// `value[key]`: the item, or the attribute of that name, or undefined.
  public func item(_ key: TemplateValue, of value: TemplateValue) throws -> TemplateValue {
    try charge()
    switch value {
    case .undefined(let undefined): throw undefined.failure
    case .dict(let dict):
      // What cannot be hashed is a TypeError in Python, which Jinja takes for "not there".
      if let hashable = TemplateKey(key), let item = dict.entries[hashable] { return item }
    case .list(let list): if let item = element(key, of: list.elements) { return item }
    case .tuple(let elements): if let item = element(key, of: elements) { return item }
    case .string(let text), .markup(let text):
      if let index = Self.index(key) {
        let scalars = text.unicodeScalars
        let count = scalars.count
        let position = index < 0 ? index + count : index
        if position >= 0, position < count {
          return .string(String(scalars[scalars.index(scalars.startIndex, offsetBy: position)]))
        }
      }
    case .bytes(let bytes):
      if let index = Self.index(key) {
        let position = index < 0 ? index + bytes.count : index
        if bytes.indices.contains(position) { return .int(Int64(bytes[position])) }
      }
    case .object(let object): if let item = try object.item(key) { return item }
    case .none, .bool, .int, .double: break
    }
    if case .undefined(let undefined) = key { throw undefined.failure }
    guard let name = key.stringValue else { return try missing(key, of: value) }
    if Self.isInternal(name) { return unsafe(name, of: value) }
    if case .object(let object) = value {
      if let attribute = try object.attribute(name) { return attribute }
    } else if let attribute = BoundMethod.property(name, of: value) {
      return attribute
    } else if BoundMethod.exists(name, on: value) {
      return .object(BoundMethod(value, name, self))
    }
    return missing(name, of: value)
  }

  static func index(_ key: TemplateValue) -> Int? {
    if case .int(let number)? = Number(key) { return Int(number) }
    return nil
  }

  private func element(_ key: TemplateValue, of elements: [TemplateValue]) -> TemplateValue? {
    guard let index = Self.index(key) else { return nil }
    let position = index < 0 ? index &+ elements.count : index
    return elements.indices.contains(position) ? elements[position] : nil
  }

  /// Names that Python has for itself: the sandbox shows them to nobody.
  static func isInternal(_ name: String) -> Bool { name.hasPrefix("__") }

  private func unsafe(_ name: String, of value: TemplateValue) -> TemplateValue {
    .undefined(
      Undefined(name: name, owner: "access to attribute '\(name)' of '\(value.typeName)' object is unsafe."))
  }

  /// What `value.name` is when there is no such thing.
  func missing(_ name: String, of value: TemplateValue) -> TemplateValue {
    undefined(
      Undefined(name: name, owner: "'\(value.objectName)' has no attribute \(PythonText.quoted(name))") {
        switch value {
        case .dict(let dict): dict.entries.keys.compactMap { if case .string(let name) = $0 { name } else { nil } }
        case .object(let object): (object as? any NamedMembers)?.memberNames ?? []
        default: []
        }
      })
  }

  private func missing(_ key: TemplateValue, of value: TemplateValue) throws -> TemplateValue {
    let text = try representation(key)
    return undefined(Undefined(name: text, owner: "\(value.objectName) has no element \(text)"))
  }

  func undefined(_ undefined: Undefined) -> TemplateValue {
    var undefined = undefined
    undefined.isLenient = environment.options.allowsUndefined
    return .undefined(undefined)
  }
}
