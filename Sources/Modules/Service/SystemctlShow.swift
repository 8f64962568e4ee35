import HostSystem
import OrderedCollections
import Value

/// Reads what `systemctl show` prints: `Key=value` lines, units apart by an empty line.
enum SystemctlShow {
  /// The plain properties of one unit.
  static func properties(_ lines: [String]) -> [String: String] {
    var properties: [String: String] = [:]
    for line in lines {
      guard let equals = line.firstIndex(of: "=") else { continue }
      properties[String(line[..<equals])] = String(line[line.index(after: equals)...])
    }
    return properties
  }

  /// The properties of several units in the order asked for.
  static func units(_ lines: [String]) -> [[String: String]] {
    lines.split(omittingEmptySubsequences: true) { $0.isEmpty }.map { properties(Array($0)) }
  }

  /// Salt's shape: commands (`ExecStart={ path=… ; argv[]=… }`) as maps, dependencies as lists, the rest as strings.
  static func value(_ lines: [String]) -> ValueMap {
    var map: ValueMap = [:]
    for line in lines {
      guard let equals = line.firstIndex(of: "="), equals != line.startIndex else { continue }
      let key = String(line[..<equals])
      let text = String(line[line.index(after: equals)...])
      if text.hasPrefix("{") {
        map[key] = .map(structure(text))
      } else if ["Before", "After", "Wants"].contains(key) {
        map[key] = .strings(text.fields())
      } else {
        map[key] = .string(text)
      }
    }
    return map
  }

  /// `{ path=/usr/sbin/nginx ; argv[]=/usr/sbin/nginx -g daemon on; ; ignore_errors=no }` as a map.
  static func structure(_ text: String) -> ValueMap {
    var text = text[...]
    if text.hasPrefix("{") { text = text.dropFirst() }
    if let close = text.lastIndex(of: "}") { text = text[..<close] }
    var map: ValueMap = [:]
    for item in text.split(separator: " ; ") {
      guard let equals = item.firstIndex(of: "=") else { continue }
      map[item[..<equals].trimmed()] = .string(item[item.index(after: equals)...].trimmed())
    }
    return map
  }
}
