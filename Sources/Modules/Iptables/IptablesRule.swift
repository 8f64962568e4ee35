import Functions
import HostSystem
import OrderedCollections
import Value

/// A rule of iptables(8), made of a state's or function's words as Salt makes it.
struct IptablesRule: Sendable, Hashable {
  /// The rule as Salt writes it.
  private(set) var text = ""
  /// The same as arguments: no shell reads it.
  private(set) var words: [String] = []

  private static let ignored: Set<String> = [
    "name", "state", "chain", "save", "table", "position", "family", "command", "full", "rules",
    "__agg__",
  ]

  init(words text: String) throws(FunctionError) {
    self.text = text
    do { words = try ShellWords.split(text) } catch {
      throw FunctionError(
        .badArguments, "The rule cannot be split into words: \(error).", hint: text)
    }
  }

  /// - Throws: `FunctionError` for what cannot be an option, and where a protocol is missing.
  init(_ options: ValueMap) throws(FunctionError) {
    var rest = options.filter { !Self.ignored.contains($0.key.description) }
    if let target = rest.removeValue(forKey: "target") { rest["jump"] = target }
    try takeInterfaces(&rest)
    let hasProtocol = try takeProtocol(&rest)
    try takeMatches(&rest)
    try takeConnections(&rest)
    try takePorts(&rest, hasProtocol: hasProtocol)
    if let comment = rest.removeValue(forKey: "comment") {
      add("-m comment", once: true)
      try quote("--comment", comment)
    }
    if let set = rest["set"], !set.isNull, set != "" {
      try take("set", as: "--match-set", from: &rest)
    }
    var jump = IptablesRule()
    for name in IptablesOptions.afterJump {
      guard let value = rest.removeValue(forKey: .string(name)) else { continue }
      let needsQuotes = value.description.contains(where: \.isWhitespace)
      if needsQuotes {
        try jump.quote("--\(name)", value)
      } else {
        try jump.option("--\(name)", value, "")
      }
    }
    for name in rest.keys.map(\.description) {
      try take(name, as: name.count == 1 ? "-\(name)" : "--\(name)", from: &rest)
    }
    if !jump.words.isEmpty { append(jump.text, jump.words) }
  }

  private init() {}

  private mutating func append(_ part: String, _ arguments: [String]) {
    text += text.isEmpty ? part : " " + part
    words += arguments
  }

  private mutating func add(_ part: String, once: Bool = false) {
    let arguments = part.split(separator: " ").map(String.init)
    if once, zip(words, words.dropFirst()).contains(where: { [$0, $1] == arguments }) { return }
    append(part, arguments)
  }

  /// An option with its value; `!` or `not` before the value says that it is not to be so.
  private mutating func take(_ name: String, as flag: String, from rest: inout ValueMap)
    throws(FunctionError)
  {
    guard let value = rest.removeValue(forKey: .string(name)) else { return }
    let (isNegated, plain) = Self.negation(value.isNull ? "" : value.description)
    try option(flag, isNegated ? .string(plain) : value, isNegated ? "! " : "")
  }

  private mutating func option(_ flag: String, _ value: Value, _ negation: String)
    throws(FunctionError)
  {
    guard flag.utf8.dropFirst().allSatisfy({ Self.isOptionByte($0) }), flag.utf8.count <= 64 else {
      throw FunctionError(.badArguments, "'\(flag)' is no option of a rule.")
    }
    let lead = negation.isEmpty ? [flag] : ["!", flag]
    guard !value.isNull, value != "" else { return append(negation + flag, lead) }
    let given = value.listValue?.map(\.description).joined(separator: ",") ?? value.description
    let arguments: [String]
    do { arguments = try ShellWords.split(given) } catch {
      throw FunctionError(
        .badArguments, "\(flag): '\(given)' cannot be split into words: \(error).")
    }
    for word in arguments where word.hasPrefix("-") || word.utf8.contains(0) {
      throw FunctionError(
        .badArguments, "\(flag): '\(word)' looks like another option; say it as one of its own.")
    }
    append("\(negation)\(flag) \(given)", lead + arguments)
  }

  /// One value, whatever is in it.
  private mutating func quote(_ flag: String, _ value: Value) throws(FunctionError) {
    let given = value.description
    guard !given.utf8.contains(where: { $0 < 0x20 }) else {
      throw FunctionError(
        .badArguments, "\(flag): a text with control characters cannot stand in a rule.")
    }
    append("\(flag) \"\(given)\"", [flag, given])
  }

  private static func isOptionByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }

  private static func negation(_ text: String) -> (isNegated: Bool, plain: String) {
    guard text.hasPrefix("!") || text.hasPrefix("not") else { return (false, text) }
    let rest = text.dropFirst(text.hasPrefix("!") ? 1 : 3)
    return (true, String(rest.first?.isWhitespace == true ? rest.dropFirst() : rest))
  }
}

extension IptablesRule {
  private mutating func takeInterfaces(_ rest: inout ValueMap) throws(FunctionError) {
    try take("if", as: "-i", from: &rest)
    try take("of", as: "-o", from: &rest)
  }

  /// True when the rule has one.
  private mutating func takeProtocol(_ rest: inout ValueMap) throws(FunctionError) -> Bool {
    if rest["match"] != "policy", let value = rest.removeValue(forKey: "proto") {
      rest["protocol"] = value
    }
    let isThere = rest["protocol"] != nil
    try take("protocol", as: "-p", from: &rest)
    return isThere
  }

  private mutating func takeMatches(_ rest: inout ValueMap) throws(FunctionError) {
    if let match = rest.removeValue(forKey: "match") {
      let names =
        match.listValue?.map(\.description)
        ?? match.description.split(separator: ",").map(String.init)
      for name in names {
        try option("-m", .string(name), "")
        if ["pknock", "quota2", "recent"].contains(name.filter { !$0.isWhitespace }),
          let list = rest.removeValue(forKey: "name_")
        {
          try option("--name", list, "")
        }
      }
      if match == "policy" { try take("proto", as: "--proto", from: &rest) }
    }
    if let sets = rest.removeValue(forKey: "match-set") {
      for set in sets.listValue ?? [sets] {
        let (isNegated, plain) = Self.negation(set.description)
        add("-m set")
        try option("--match-set", .string(plain), isNegated ? "! " : "")
      }
    }
  }

  private mutating func takeConnections(_ rest: inout ValueMap) throws(FunctionError) {
    if rest["connstate"] != nil {
      add("-m state", once: true)
      try take("connstate", as: "--state", from: &rest)
    }
    try take("dport", as: "--dport", from: &rest)
    try take("sport", as: "--sport", from: &rest)
  }

  private mutating func takePorts(_ rest: inout ValueMap, hasProtocol: Bool) throws(FunctionError) {
    for name in ["dports", "sports"] {
      guard let value = rest.removeValue(forKey: .string(name)) else { continue }
      guard hasProtocol else {
        throw FunctionError(.badArguments, "Error: protocol must be specified")
      }
      add("-m multiport", once: true)
      let ports = value.listValue?.map(\.description) ?? [value.description]
      let read = ports.map(Self.negation)
      let isNegated = read.contains { $0.isNegated }
      try option(
        "--\(name)", .string(read.map(\.plain).joined(separator: ",")), isNegated ? "! " : "")
    }
  }
}
