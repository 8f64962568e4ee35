import HostSystem

/// What `df -P` prints: a header, then six columns; the first and the last may hold blanks.
struct DiskFreeTable: Sendable {
  struct Row: Sendable, Hashable {
    var fileSystem: String
    var total: String
    var used: String
    var free: String
    var percent: String
    var path: String
  }

  var rows: [Row]

  init(_ output: String) {
    rows = output.splitLines().dropFirst().compactMap(Self.row)
  }

  private static func row(_ line: String) -> Row? {
    let fields = line.fields()
    // The numbers begin at the first of three fields in a row that look like numbers.
    guard fields.count >= 6,
      let start = (1...fields.count - 5).first(where: { fields[$0..<$0 + 3].allSatisfy(isNumber) })
    else { return nil }
    return Row(
      fileSystem: fields[..<start].joined(separator: " "), total: fields[start], used: fields[start + 1],
      free: fields[start + 2], percent: fields[start + 3], path: fields[(start + 4)...].joined(separator: " "))
  }

  /// `123`, `1.5G`, or `-` where the file system has no such number.
  private static func isNumber(_ field: String) -> Bool {
    field == "-" || field.utf8.first.map { (48...57).contains($0) } == true
  }
}
