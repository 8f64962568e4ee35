import HostSystem

/// Reads `systemctl list-unit-files` and `list-units` with `--plain --no-legend`.
enum SystemctlList {
  /// `nginx.service enabled enabled`: short names with the state of the unit file.
  static func unitFiles(_ lines: [String]) -> [(name: String, state: String)] {
    lines.compactMap { line in
      let fields = line.fields()
      guard fields.count >= 2, let name = UnitName.short(fields[0]) else { return nil }
      return (name, fields[1])
    }
  }

  /// `nginx.service loaded active running A web server`: short names of units with that sub-state. Old versions put a
  /// dot before failed units in spite of `--plain`.
  static func units(_ lines: [String], subState: String) -> [String] {
    lines.compactMap { line in
      let fields = line.fields()
      let columns = fields.first.map { UnitName.isValid($0) } == true ? fields[...] : fields.dropFirst()
      guard columns.count >= 4, columns[columns.startIndex + 3] == subState else { return nil }
      return UnitName.short(columns[columns.startIndex])
    }
  }
}
