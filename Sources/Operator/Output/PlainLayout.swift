import OrderedCollections
import Value

/// A value as indented lines: a scalar beside its key, lists and maps under it.
struct PlainLayout {
  /// Whether keys are sorted, to tell equal maps in different orders.
  var sortsKeys = false

  /// The value on one line; nil when it needs more.
  func inline(_ value: Value) -> String? {
    switch value {
    case .list(let list): return list.isEmpty ? "[]" : nil
    case .map(let map): return map.isEmpty ? "{}" : nil
    case .bytes(let bytes): return JSONWriter.text(of: bytes)
    case .string(""): return "''"
    default:
      let lines = TerminalText.lines(value.description)
      return lines.count == 1 ? lines[0] : nil
    }
  }

  func lines(_ value: Value) -> [String] {
    if let line = inline(value) { return [line] }
    return switch value {
    case .list(let list): list.flatMap(element)
    case .map(let map): entries(map).flatMap { entry(TerminalText.line($0.key.description), $0.value) }
    default: TerminalText.lines(value.description)
    }
  }

  private func element(_ value: Value) -> [String] {
    lines(value).enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
  }

  private func entry(_ key: String, _ value: Value) -> [String] {
    if let line = inline(value) { return ["\(key): \(line)"] }
    return ["\(key):"] + lines(value).map { "    " + $0 }
  }

  private func entries(_ map: ValueMap) -> [(key: Value, value: Value)] {
    let entries = map.elements.map { (key: $0.key, value: $0.value) }
    return sortsKeys ? entries.sorted { $0.key.description < $1.key.description } : entries
  }
}
