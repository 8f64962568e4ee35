import Jinja

/// Finds templates as Salt's loader does: names from the top of the file roots, relative ones from `tpldir`.
final class RootsLoader {
  private let files: [String: String]
  /// The folder of the template that was read last; nil: none that relative names could begin at.
  private(set) var folder: String?

  init(files: [String: String], folder: String?) {
    self.files = files
    self.folder = folder
  }

  func load(_ name: String) -> LoadedTemplate? {
    let isRelative = name.hasPrefix("./") || name.hasPrefix("../")
    let path = isRelative ? folder.flatMap { Self.joined($0, name) } : name
    guard let path, let source = files[path] else { return nil }
    let parts = path.split(separator: "/").dropLast()
    if !isRelative { folder = parts.isEmpty ? "." : parts.joined(separator: "/") }
    return LoadedTemplate(
      source: source, file: path,
      globals: ["tpldir": .string(folder ?? "."), "tplfile": .string(isRelative ? name : path)])
  }

  private static func joined(_ folder: String, _ name: String) -> String? {
    var parts = folder.split(separator: "/").filter { $0 != "." }
    for part in name.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
