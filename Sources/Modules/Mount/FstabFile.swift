import HostSystem

/// The lines of an fstab; those that are not touched stay as they are.
struct FstabFile: Sendable, Hashable {
  enum Outcome: String, Sendable {
    case new, present, change
  }

  private(set) var lines: [String]

  init(parsing text: String) { lines = text.splitLines() }

  var text: String { lines.map { $0 + "\n" }.joined() }

  var entries: [FstabEntry] { lines.compactMap(FstabEntry.init(line:)) }

  /// The entry of a mount point; where there are several, the first.
  func entry(at name: String) -> FstabEntry? { entries.first { $0.name == name } }

  /// Puts an entry in place of those that agree with it in some fields, or at the end.
  ///
  /// - Parameter isKept: an entry that agrees stays, whatever else it says.
  mutating func set(_ entry: FstabEntry, matching fields: [FstabEntry.Field], isKept: Bool) -> Outcome {
    var outcome: Outcome?
    for (index, line) in lines.enumerated() {
      guard let present = FstabEntry(line: line), fields.allSatisfy({ present.agrees(with: entry, in: $0) }) else {
        continue
      }
      if isKept || present.isSame(as: entry) {
        outcome = outcome ?? .present
      } else {
        lines[index] = entry.line
        outcome = .change
      }
    }
    if outcome == nil { lines.append(entry.line) }
    return outcome ?? .new
  }

  /// Takes the entries of a mount point out; those of a device only, where one is named.
  mutating func remove(_ name: String, device: String?) -> Bool {
    let count = lines.count
    lines.removeAll { line in
      guard let entry = FstabEntry(line: line) else { return false }
      return entry.name == name && (device.map { entry.device == $0 } ?? true)
    }
    return lines.count < count
  }
}
