import Value

extension Evaluation {
  /// Python's `str()`.
  ///
  /// - Throws: for undefined values (`TemplateFailure(.undefined)`).
  public func text(_ value: TemplateValue) throws -> String {
    switch value {
    case .string(let text), .markup(let text): return text
    case .int(let number): return String(number)
    case .object(let object as TemplateModule): return object.text
    case .undefined(let undefined):
      guard undefined.isLenient else { throw undefined.failure }
      return ""
    default: return try representation(value)
    }
  }

  /// Python's `repr()`.
  public func representation(_ value: TemplateValue) throws -> String {
    var output = ""
    var path: [ObjectIdentifier] = []
    try append(value, to: &output, path: &path, isPrinted: false)
    return output
  }

  /// What `{{ value }}` writes: as `str()`, but Salt prints strings with line breaks in dicts as YAML reads them.
  func printed(_ value: TemplateValue) throws -> String {
    switch value {
    case .string, .markup, .int, .undefined, .object(is TemplateModule): return try text(value)
    default:
      var output = ""
      var path: [ObjectIdentifier] = []
      try append(value, to: &output, path: &path, isPrinted: true)
      return output
    }
  }

  private func append(
    _ value: TemplateValue, to output: inout String, path: inout [ObjectIdentifier], isPrinted: Bool
  ) throws {
    try charge()
    switch value {
    case .undefined: output += "Undefined"
    case .none: output += "None"
    case .bool(let flag): output += flag ? "True" : "False"
    case .int(let number): output += String(number)
    case .double(let number): output += PythonText.number(number)
    case .string(let text):
      try claim(bytes: text.utf8.count)
      PythonText.append(quoted: text, to: &output)
    case .markup(let text):
      try claim(bytes: text.utf8.count)
      output += "Markup("
      PythonText.append(quoted: text, to: &output)
      output += ")"
    case .bytes(let bytes):
      try claim(bytes: bytes.count)
      output += PythonText.quoted(bytes)
    case .list(let list):
      guard try enter(ObjectIdentifier(list), &path) else {
        output += "[...]"
        return
      }
      try append(list.elements, "[", "]", to: &output, path: &path, isPrinted: isPrinted)
      path.removeLast()
    case .tuple(let elements):
      // A tuple has no identity; its depth counts all the same.
      guard try enter(nil, &path) else { return }
      try append(elements, "(", elements.count == 1 ? ",)" : ")", to: &output, path: &path, isPrinted: isPrinted)
      path.removeLast()
    case .dict(let dict):
      guard try enter(ObjectIdentifier(dict), &path) else {
        output += "{...}"
        return
      }
      try append(dict, to: &output, path: &path, isPrinted: isPrinted)
      path.removeLast()
    case .object(let object):
      guard let wrapping = object as? any WrappingObject else {
        output += (object as? TemplateModule)?.representation ?? object.text
        return
      }
      guard try enter(ObjectIdentifier(object), &path) else {
        output += "..."
        return
      }
      output += wrapping.prefix
      try append(wrapping.wrapped, to: &output, path: &path, isPrinted: false)
      output += wrapping.suffix
      path.removeLast()
    }
  }

  private func append(
    _ elements: [TemplateValue], _ start: String, _ end: String, to output: inout String,
    path: inout [ObjectIdentifier], isPrinted: Bool
  ) throws {
    output += start
    for (index, element) in elements.enumerated() {
      if index > 0 { output += ", " }
      try append(element, to: &output, path: &path, isPrinted: isPrinted)
    }
    output += end
  }

  private func append(
    _ dict: TemplateDict, to output: inout String, path: inout [ObjectIdentifier], isPrinted: Bool
  ) throws {
    output += "{"
    for (index, (key, value)) in dict.entries.enumerated() {
      if index > 0 { output += ", " }
      try append(key.value, to: &output, path: &path, isPrinted: false)
      output += ": "
      if isPrinted, case .string(let text) = value,
        text.utf8.contains(where: { $0 == 0x0a || $0 == 0x0d || $0 == 0x09 })
      {
        try claim(bytes: text.utf8.count)
        YAMLQuoting.append(text, to: &output)
      } else if isPrinted, case .undefined(let undefined) = value, !undefined.isLenient {
        throw undefined.failure
      } else {
        try append(value, to: &output, path: &path, isPrinted: isPrinted)
      }
    }
    output += "}"
  }

  /// Goes one level into a container.
  ///
  /// - Returns: false when it is inside itself.
  private func enter(_ identity: ObjectIdentifier?, _ path: inout [ObjectIdentifier]) throws -> Bool {
    if let identity, path.contains(identity) { return false }
    guard path.count < 200, stack.hasRoom else {
      throw TemplateFailure(.limit, "lists or dicts stand more than \(path.count) levels within one another")
    }
    path.append(identity ?? ObjectIdentifier(self))
    return true
  }
}
