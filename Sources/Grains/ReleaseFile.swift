import HostSystem

/// The one line of files such as /etc/redhat-release: `CentOS Linux release 7.9.2009 (Core)`.
struct ReleaseFile: Sendable {
  var name: String
  var version: String?
  var codename: String?

  init(line: String) {
    var text = line.trimmed()
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      codename = String(text[text.index(after: open)...].dropLast())
      text = String(text[..<open])
    }
    var words = text.fields()
    if words.last == "LTS" { words.removeLast() }
    if words.count > 1, let last = words.last, last.first?.isNumber == true {
      version = last
      words.removeLast()
      if words.count > 1, words.last == "release" { words.removeLast() }
    }
    name = words.joined(separator: " ")
  }

  /// From the first of these files that the host has.
  init?(_ files: HostFiles) {
    let paths = ["/etc/centos-release", "/etc/redhat-release", "/etc/system-release", "/etc/SuSE-release"]
    guard let line = paths.lazy.compactMap({ files.firstLine($0) }).first else { return nil }
    self.init(line: line)
  }
}
