import Functions
import HostSystem
import OrderedCollections
import Value

/// logrotate's configuration as Salt reads it: `{command: value, log file: {command: value}}`.
struct LogrotateConfiguration: Sendable {
  static let defaultPath = "/etc/logrotate.conf"
  private static let scripts: Set<String> = ["firstaction", "lastaction", "prerotate", "postrotate", "preremove"]
  private static let mostFiles = 1000

  private(set) var map: ValueMap = [:]
  /// The file that each log file of an included file stands in.
  private(set) var places: [String: String] = [:]

  init(_ path: String, _ files: HostFiles) throws(FunctionError) {
    try read(AbsolutePath.check(path, "conf_file"), files, depth: 0)
  }

  private mutating func read(_ path: String, _ files: HostFiles, depth: Int) throws(FunctionError) {
    let text: String
    do { text = try files.readText(path, limit: 1 << 20) } catch { throw FunctionError(.failed, error.message) }
    var (names, pending, block): ([String], [String], ValueMap) = ([], [], [:])
    var isInBlock = false
    var script: (name: String, lines: [Value])?
    func set(_ key: String, _ value: Value, _ map: inout ValueMap) {
      if isInBlock { block[key] = value } else { map[key] = value }
    }
    for line in text.splitLines().map({ $0.trimmed() }) {
      if let current = script {
        if line == "endscript" {
          set(current.name, .list(current.lines), &map)
          script = nil
        } else {
          script?.lines.append(.string(line))
        }
        continue
      }
      let words = line.fields()
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      if line.contains("{"), !line.contains("}") {
        isInBlock = true
        names = pending + words.filter { $0 != "{" }
        pending = []
        continue
      }
      if line.contains("}") {
        isInBlock = false
        for name in names { map[name] = .map(block) }
        (names, block) = ([], [:])
        continue
      }
      if !isInBlock, words.count == 1, Self.isLogFile(first) {
        pending.append(first)
        continue
      }
      if first == "include", words.count > 1, depth < 3 {
        map["include"] = .string(words[1])
        try include(words[1], files, depth)
      }
      if Self.scripts.contains(first), words.count == 1 {
        script = (first, [])
        continue
      }
      set(first, Self.value(words), &map)
    }
    for name in pending { map[name] = true }
  }

  private mutating func include(_ directory: String, _ files: HostFiles, _ depth: Int) throws(FunctionError) {
    for name in files.entriesIfPresent(directory).prefix(Self.mostFiles) {
      let path = "\(directory)/\(name)"
      guard files.isFile(path) else { continue }
      let before = map
      try read(path, files, depth: depth + 1)
      for key in map.keys where map[key] != before[key] { places[key.description] = path }
    }
  }

  private static func isLogFile(_ word: String) -> Bool {
    word.first.map { "/~\"'".contains($0) } == true || word.contains { "*?[".contains($0) }
  }

  private static func value(_ words: [String]) -> Value {
    if words.count == 1 { return true }
    return words.count == 2 ? number(.string(words[1])) : .string(words.dropFirst().joined(separator: " "))
  }

  /// A text of digits is a number.
  static func number(_ value: Value) -> Value { Int64(value.description).map(Value.int) ?? value }

  static func block(_ name: String, _ commands: ValueMap) -> String {
    let lines = commands.map { command, value -> String in
      if let script = value.listValue, scripts.contains(command.description) {
        return "    \(command)\n\(script.map { "        \($0)\n" }.joined())    endscript\n"
      }
      return "    \(command) \(value == true ? "" : value.description)\n"
    }
    return "\(name) {\n\(lines.joined())}"
  }
}
