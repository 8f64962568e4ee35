import HostSystem

/// Reads `apt-cache policy NAME…`.
struct AptPolicy: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    /// Empty when not installed.
    var installed = ""
    /// Empty when no repository offers it (a virtual package, or one that others merely mention).
    var candidate = ""
    /// Every version known, newest first.
    var versions: [String] = []
  }

  /// By name as asked; apt prints nothing at all for a name it has never heard of.
  private(set) var entries: [String: Entry] = [:]

  init(_ lines: [String]) {
    var name: String?
    for line in lines {
      if !line.hasPrefix(" "), line.hasSuffix(":") {
        name = String(line.dropLast())
        if let name { entries[name] = Entry() }
        continue
      }
      guard let name else { continue }
      let text = line.trimmed()
      if text.hasPrefix("Installed:") {
        entries[name]?.installed = Self.version(text)
      } else if text.hasPrefix("Candidate:") {
        entries[name]?.candidate = Self.version(text)
      } else if line.hasPrefix("     ") || line.hasPrefix(" *** "), !line.hasPrefix("        ") {
        let fields = text.fields()
        if let version = fields.first == "***" ? fields.dropFirst().first : fields.first {
          entries[name]?.versions.append(version)
        }
      }
    }
  }

  private static func version(_ text: String) -> String {
    let word = text.fields().dropFirst().first ?? ""
    return word == "(none)" ? "" : word
  }
}
