import HostSystem
import Value

/// Reads apt's source files: one-line `.list` and deb822 `.sources`.
enum AptSources {
  static func parse(_ text: String, file: String) -> [AptSource] {
    file.hasSuffix(".sources")
      ? stanzas(text).compactMap { source($0, file: file) }
      : text.splitLines().compactMap { source(line: $0, file: file) }
  }

  /// `deb [arch=amd64 signed-by=/…] URI suite component…`, with `#` before it when disabled.
  static func source(line: String, file: String) -> AptSource? {
    var text = line.trimmed()
    let isDisabled = text.hasPrefix("#")
    while text.hasPrefix("#") { text = String(text.dropFirst()).trimmed() }
    let kind = text.fields().first ?? ""
    guard kind == "deb" || kind == "deb-src" else { return nil }
    text = String(text.dropFirst(kind.count)).trimmed()
    var options: [String: String] = [:]
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      for option in text[..<close].dropFirst().fields() {
        let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 { options[parts[0].lowercased()] = parts[1] }
      }
      text = text[text.index(after: close)...].trimmed()
    }
    let words = text.prefix { $0 != "#" }.fields()
    // A comment in prose may begin with "deb" as well: a source has a URI with a scheme.
    guard words.count >= 2, words[0].contains(":") else { return nil }
    return AptSource(
      file: file, types: [kind], uris: [words[0]], suites: [words[1]], components: Array(words.dropFirst(2)),
      architectures: options["arch"]?.split(separator: ",").map(String.init) ?? [],
      signedBy: options["signed-by"] ?? "", isDisabled: isDisabled, line: line.trimmed())
  }

  private static func source(_ stanza: [String: String], file: String) -> AptSource? {
    func words(_ key: String) -> [String] { stanza[key]?.fields() ?? [] }
    let types = words("types")
    guard !types.isEmpty, !words("uris").isEmpty, !words("suites").isEmpty else { return nil }
    // A key may stand in the file itself, over many lines: that is no path to show.
    let signedBy = stanza["signed-by"]?.trimmed() ?? ""
    return AptSource(
      file: file, types: types, uris: words("uris"), suites: words("suites"), components: words("components"),
      architectures: words("architectures"), signedBy: signedBy.hasPrefix("/") ? signedBy : "",
      isDisabled: ["no", "false", "off", "0", "without", "disable"].contains(stanza["enabled"]?.trimmed().lowercased()),
      line: nil)
  }

  /// Paragraphs of `Field: value` with continuation lines; field names in lower case.
  private static func stanzas(_ text: String) -> [[String: String]] {
    var stanzas: [[String: String]] = []
    var stanza: [String: String] = [:]
    var field: String?
    for line in text.splitLines() + [""] where !line.hasPrefix("#") {
      if line.trimmed().isEmpty {
        if !stanza.isEmpty { stanzas.append(stanza) }
        stanza = [:]
        field = nil
      } else if line.first?.isWhitespace == true {
        if let field { stanza[field, default: ""] += "\n\(line.trimmed())" }
      } else if let colon = line.firstIndex(of: ":") {
        let name = line[..<colon].lowercased()
        stanza[name] = line[line.index(after: colon)...].trimmed()
        field = name
      }
    }
    return stanzas
  }
}
