import OrderedCollections
import Targeting
import Value

/// The formats of `file.serialize`.
enum DataSerializer: String, Sendable {
  case json, yaml, configparser, msgpack

  static func named(_ name: String) throws -> DataSerializer {
    guard let serializer = DataSerializer(rawValue: name) else {
      throw StateRefusal(
        "The \(name) serializer could not be found. It either does not exist or its prerequisites are not installed.")
    }
    return serializer
  }

  /// What the file holds.
  func bytes(of value: Value, options: ValueMap) throws -> [UInt8] {
    switch self {
    case .json:
      var writer = PythonJSON()
      writer.isASCII = options["ensure_ascii"]?.boolValue ?? false
      writer.sortsKeys = options["sort_keys"]?.boolValue ?? true
      if let indent = options["indent"] { writer.indent = indent.intValue.map { Int($0) } }
      if let separators = options["separators"]?.listValue, separators.count == 2 {
        (writer.itemSeparator, writer.keySeparator) = (separators[0].description, separators[1].description)
      }
      return Array((writer.text(of: value) + "\n").utf8)
    case .yaml:
      return Array((try Self.yaml(value, options, layout: .block) + "\n").utf8)
    case .configparser: return Array((try Self.sections(value) + "\n").utf8)
    case .msgpack: return MessagePackWriter.encode(value)
    }
  }

  func value(of bytes: [UInt8], file: String) throws -> Value {
    do {
      switch self {
      case .json: return try JSONParser.parse(bytes)
      case .yaml: return try YAMLParser.parse(TextLines.decoded(bytes), file: file).value
      case .msgpack: return try MessagePackReader.decode(bytes)
      case .configparser: return .map(try Self.parsedSections(TextLines.decoded(bytes)))
      }
    } catch let refusal as StateRefusal {
      throw refusal
    } catch {
      throw StateRefusal("Failed to deserialize existing data: \(error)")
    }
  }

  /// YAML without a final line break, as Salt's serializer gives it.
  ///
  /// - Parameter layout: where the options do not say `default_flow_style`.
  static func yaml(_ value: Value, _ options: ValueMap, layout: YAMLEmitter.Layout) throws -> String {
    var writer = PythonYAMLWriter()
    writer.layout = layout
    if let style = options["default_flow_style"] {
      writer.layout = style.isNull ? .leavesInFlow : style == true ? .flow : .block
    }
    writer.sortsKeys = options["sort_keys"]?.boolValue ?? true
    writer.allowsUnicode = options["allow_unicode"]?.boolValue ?? false
    if let width = options["width"]?.intValue { writer.width = Int(clamping: width) }
    if let indent = options["indent"]?.intValue, (2..<10).contains(indent) { writer.indent = Int(indent) }
    guard var text = writer.text(of: value) else { throw StateRefusal("the value is nested too deeply") }
    if text.hasSuffix("\n...\n") { text.removeLast(5) } else if text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  // MARK: Sections

  static func sections(_ value: Value) throws -> String {
    guard let sections = value.mapValue else {
      throw StateRefusal("configparser can only serialize dictionaries, not \(value.kindName)")
    }
    var text = ""
    let isDefault = { (key: Value) in key == "DEFAULT" }
    for (name, keys) in sections.filter({ isDefault($0.key) }) + sections.filter({ !isDefault($0.key) }) {
      guard let keys = keys.mapValue else {
        throw StateRefusal("The section '\(name)' has to be a map of keys and values, not \(keys.kindName)")
      }
      text += "[\(name)]\n"
      for (key, value) in keys {
        let line = StateText.of(value).replacing("\n", with: "\n\t")
        text += value.isNull ? "\(key.description.lowercased())\n" : "\(key.description.lowercased()) = \(line)\n"
      }
      text += "\n"
    }
    return text
  }

  static func parsedSections(_ text: String) throws -> ValueMap {
    var sections: ValueMap = [:]
    var section: Value?
    var key: Value?
    for (number, line) in TextLines.split(text, at: .text, keepsEnds: false).enumerated() {
      let bare = line.trimmed()
      if bare.isEmpty || bare.hasPrefix("#") || bare.hasPrefix(";") { continue }
      if bare.hasPrefix("["), let end = bare.firstIndex(of: "]") {
        let name = Value.string(String(bare[bare.index(after: bare.startIndex)..<end]))
        (section, key) = (name, nil)
        sections[name] = sections[name] ?? [:]
        continue
      }
      guard let section else {
        throw StateRefusal(
          "Failed to deserialize existing data: line \(number + 1) stands before all sections: \(bare)")
      }
      var keys = sections[section]?.mapValue ?? [:]
      if line.first?.isWhitespace == true, let key, let value = keys[key]?.stringValue {
        keys[key] = .string("\(value)\n\(bare)")
      } else if let sign = bare.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let name = Value.string(bare[..<sign].trimmed().lowercased())
        keys[name] = .string(bare[bare.index(after: sign)...].trimmed())
        key = name
      } else {
        throw StateRefusal("Failed to deserialize existing data: line \(number + 1) has no value: \(bare)")
      }
      sections[section] = .map(keys)
    }
    return sections
  }
}
