import HostSystem
import OrderedCollections
import Value

/// Reads a `.repo` file: an INI file with one section a repository.
enum YumRepositoryFile {
  /// Fields by repository id, in the file's order; a continued line is joined with a newline.
  static func parse(_ text: String) -> [(id: String, fields: ValueMap)] {
    var repositories: [(id: String, fields: ValueMap)] = []
    var key: String?
    for line in text.splitLines() {
      let content = line.trimmed()
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      if content.hasPrefix("["), content.hasSuffix("]") {
        repositories.append((String(content.dropFirst().dropLast()), [:]))
        key = nil
        continue
      }
      guard let last = repositories.indices.last else { continue }
      if line.first?.isWhitespace == true, let key {
        let before = repositories[last].fields[key]?.stringValue ?? ""
        repositories[last].fields[key] = .string("\(before)\n\(content)")
      } else if let equals = content.firstIndex(of: "=") {
        let name = content[..<equals].trimmed().lowercased()
        let value = content[content.index(after: equals)...].trimmed()
        repositories[last].fields[name] = .string(value)
        key = name
      }
    }
    return repositories
  }
}
