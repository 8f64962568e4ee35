import HostSystem

/// Reads `dnf versionlock list` and yum's.
enum VersionLockList {
  /// - Parameter isFull: with the epoch and version; else the bare name.
  static func parse(_ lines: [String], isFull: Bool) -> [String] {
    var holds: [String] = []
    var dnf5Name: String?
    for line in lines.map({ $0.trimmed() }) where !line.isEmpty && !line.hasPrefix("#") && !line.hasPrefix("!") {
      if line.hasPrefix("Package name:") {
        if let name = dnf5Name { holds.append(name) }
        dnf5Name = line.fields().last
      } else if line.hasPrefix("evr"), let name = dnf5Name {
        let version = line.fields().last ?? ""
        holds.append(isFull ? "\(name)-\(version)" : name)
        dnf5Name = nil
      } else if let hold = lock(line) {
        holds.append(isFull ? "\(hold.name)-\(hold.version)" : hold.name)
      }
    }
    if let name = dnf5Name { holds.append(name) }
    return holds
  }

  /// dnf: `openssl-1:3.0.7-27.el9.*`; yum: `1:openssl-1.0.2k-26.el7_9.*`.
  private static func lock(_ line: String) -> (name: String, version: String)? {
    guard !line.contains(" "), line.hasSuffix(".*") else { return nil }
    var text = line.dropLast(2)
    var epoch = ""
    if let colon = text.firstIndex(of: ":"), text[..<colon].allSatisfy(\.isNumber) {
      epoch = "\(text[..<colon]):"
      text = text[text.index(after: colon)...]
    }
    guard let release = text.lastIndex(of: "-") else { return nil }
    guard let version = text[..<release].lastIndex(of: "-"), version != text.startIndex else { return nil }
    return (String(text[..<version]), epoch + text[text.index(after: version)...])
  }
}
