import HostSystem

/// A file of kernel parameters, `name = value` lines; what is not touched stays as it is.
struct SysctlFile: Sendable, Hashable {
  private(set) var lines: [String]

  init(parsing text: String) { lines = text.splitLines() }

  var text: String { lines.map { $0 + "\n" }.joined() }

  /// By name, in the order of the file.
  var parameters: [(name: String, value: String)] { lines.compactMap(Self.parameter) }

  /// The last value of a name counts, as for sysctl(8).
  func value(of name: String) -> String? { parameters.last { $0.name == name }?.value }

  mutating func set(_ value: String, of name: String) {
    var isSet = false
    for (index, line) in lines.enumerated() where Self.parameter(line)?.name == name {
      lines[index] = "\(name) = \(value)"
      isSet = true
    }
    if !isSet { lines.append("\(name) = \(value)") }
  }

  /// The words of a value: how many blanks stand between them does not matter.
  static func words(_ value: String) -> [String] { value.fields() }

  private static func parameter(_ line: String) -> (name: String, value: String)? {
    let line = line.trimmed()
    guard !line.hasPrefix("#"), !line.hasPrefix(";"), let sign = line.firstIndex(of: "=") else { return nil }
    return (line[..<sign].trimmed(), line[line.index(after: sign)...].trimmed())
  }
}
