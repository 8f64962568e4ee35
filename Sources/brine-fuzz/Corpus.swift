import HostSystem
import Value

/// The texts of directories: cases (`*.json`) hold templates and trees, other files are texts themselves.
struct Corpus {
  private(set) var texts: [CorpusText] = []

  init(_ directories: [String]) throws {
    for directory in directories {
      guard HostFiles().isDirectory(directory) else { throw FuzzError("there is no directory \(directory)") }
      read(directory, depth: 0)
    }
  }

  private mutating func read(_ path: String, depth: Int) {
    if HostFiles().isDirectory(path) {
      guard depth < 8 else { return }
      for name in HostFiles().entriesIfPresent(path) { read("\(path)/\(name)", depth: depth + 1) }
      return
    }
    guard let text = try? HostFiles().readText(path, limit: 1 << 20) else { return }
    guard path.hasSuffix(".json"), let value = try? JSONParser.parse(text) else {
      texts.append(CorpusText(kind: .tree, text: text))
      return
    }
    texts.append(CorpusText(kind: .json, text: text))
    for item in value.listValue ?? [value] { take(item) }
  }

  private mutating func take(_ item: Value) {
    if let text = Self.text(item["template"]) { texts.append(CorpusText(kind: .template, text: text)) }
    for (_, file) in item["files"]?.mapValue ?? [:] {
      if let text = Self.text(file) { texts.append(CorpusText(kind: .template, text: text)) }
    }
    for (_, environment) in item["tree"]?.mapValue ?? [:] {
      for (_, file) in environment.mapValue ?? [:] {
        if let text = Self.text(file) { texts.append(CorpusText(kind: .tree, text: text)) }
      }
    }
  }

  /// A string as it is, or a list of lines.
  private static func text(_ value: Value?) -> String? {
    if let text = value?.stringValue { return text }
    return value?.listValue?.map { ($0.stringValue ?? "") + "\n" }.joined()
  }
}
