import Functions
import OrderedCollections
import Value

/// Reads a signature file.
enum SiteSignature {
  private static let fields: Set<String> = ["function", "summary", "details", "effect", "parameters"]
  private static let parameterFields: Set<String> = ["name", "type", "default", "doc", "kind", "choices"]

  static func read(_ value: Value) throws(FunctionError) -> FunctionSignature {
    guard let map = value.mapValue else { throw wrong("it is \(value.kindName), not a map") }
    for key in map.keys where !fields.contains(key.description) { throw wrong("there is no field '\(key)'") }
    guard let name = map["function"]?.stringValue, isName(name) else {
      throw wrong("function: must be two words of letters, digits and _ with a dot between, such as site.backup")
    }
    guard let summary = map["summary"]?.stringValue, !summary.isEmpty else { throw wrong("summary: is missing") }
    guard let effect = FunctionEffect(rawValue: map["effect"]?.stringValue ?? "change") else {
      throw wrong("effect: is read, inspect or change")
    }
    let parameters = try parameters(map["parameters"])
    // A program cannot be run in the daemon: what it calls a read is one that starts a program.
    return Function(
      name, summary, details: map["details"]?.stringValue ?? "", effect: effect == .read ? .inspect : effect,
      parameters: parameters
    ) { _, _ in .null }.signature
  }

  static func parameters(_ value: Value?) throws(FunctionError) -> [Parameter] {
    var parameters: [Parameter] = []
    for item in value?.listValue ?? [] {
      let parameter = try parameter(item)
      guard !parameters.contains(where: { $0.name == parameter.name }) else {
        throw wrong("the parameter \(parameter.name) is there twice")
      }
      parameters.append(parameter)
    }
    return parameters
  }

  private static func parameter(_ value: Value) throws(FunctionError) -> Parameter {
    guard let map = value.mapValue, let name = map["name"]?.stringValue, isWord(name) else {
      throw wrong("each of parameters: is a map with a name of letters, digits and _")
    }
    for key in map.keys where !parameterFields.contains(key.description) {
      throw wrong("the parameter \(name) has no field '\(key)'")
    }
    let typeName = map["type"]?.stringValue ?? "any"
    guard let type = ParameterType(rawValue: typeName) else {
      throw wrong("the parameter \(name) has no type '\(typeName)'")
    }
    let text = map["doc"]?.stringValue ?? ""
    let choices = map["choices"]?.listValue?.map(\.description) ?? []
    switch map["kind"]?.stringValue ?? "normal" {
    case "normal":
      guard let value = map["default"] else { return .required(name, type, text, choices: choices) }
      return .optional(name, type, default: value, text, choices: choices)
    case "variadic": return .variadic(name, type, text)
    case "keywords": return .keywords(name, text)
    case let other: throw wrong("the parameter \(name) is normal, variadic or keywords, not '\(other)'")
    }
  }

  static func isName(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { isWord(String($0)) }
  }

  private static func isWord(_ word: String) -> Bool {
    guard let first = word.utf8.first, !(0x30...0x39).contains(first), word.utf8.count <= 64 else { return false }
    return word.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F }
  }

  static func wrong(_ reason: String) -> FunctionError {
    FunctionError(.badArguments, "its signature: \(reason)")
  }
}
