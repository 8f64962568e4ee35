import HostSystem

/// One line of fstab(5). Device and mount point are as they are, not escaped.
struct FstabEntry: Sendable, Hashable {
  /// The names of the fields, as `match_on` has them.
  enum Field: String, CaseIterable, Sendable {
    case device, name, fstype, opts, dump, pass = "pass_num"
  }

  var device: String
  var name: String
  var type: String
  var options: [String]
  var dump: String
  var pass: String

  init(
    device: String, name: String, type: String, options: [String], dump: String = "0", pass: String = "0"
  ) {
    self.device = Self.plain(device)
    self.name = Self.plain(name)
    self.type = type
    self.options = options.map(Self.plain)
    self.dump = dump
    self.pass = pass
  }

  /// Nil for comments and what has not four to six fields.
  init?(line: String) {
    let fields = line.fields()
    guard !line.hasPrefix("#"), (4...6).contains(fields.count) else { return nil }
    self.init(
      device: fields[0], name: fields[1], type: fields[2],
      options: fields[3].split(separator: ",", omittingEmptySubsequences: false).map(String.init),
      dump: fields.count > 4 ? fields[4] : "0", pass: fields.count > 5 ? fields[5] : "0")
  }

  /// The line as Salt writes it, without its end.
  var line: String {
    // Options may hold backslashes that mean something (`username=DOM\user`).
    let words = options.map { $0.replacing(" ", with: "\\040").replacing("\t", with: "\\011") }
    return
      "\(OctalEscape.encode(device))\t\t\(OctalEscape.encode(name))\t\(type)\t\(words.joined(separator: ","))\t\(dump) \(pass)"
  }

  /// Whether a field says the same; the order of options does not count.
  func agrees(with other: FstabEntry, in field: Field) -> Bool {
    switch field {
    case .device: device == other.device
    case .name: name == other.name
    case .fstype: type == other.type
    case .opts: options.sorted() == other.options.sorted()
    case .dump: dump == other.dump
    case .pass: pass == other.pass
    }
  }

  func isSame(as other: FstabEntry) -> Bool { Field.allCases.allSatisfy { agrees(with: other, in: $0) } }

  /// `\040` and, as Salt's documentation has it, `\ ` stand for a blank.
  private static func plain(_ text: String) -> String { OctalEscape.decode(text.replacing("\\ ", with: " ")) }
}
