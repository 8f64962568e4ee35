import HostSystem

/// Reads the tables that dnf, yum and microdnf print: packages with architecture, version and repository.
enum DnfTable {
  struct Row: Sendable, Hashable {
    /// The heading it stands under, such as `Upgrading`; empty outside of a transaction.
    var section: String
    var name: String
    var architecture: String
    var version: String
  }

  /// `openssl-libs.x86_64   1:3.0.7-27.el9   baseos`, as `check-update` and `list` print; a long name may have a line of
  /// its own. Ends at the obsoletes.
  static func listing(_ lines: [String]) -> [Row] {
    var rows: [Row] = []
    var pending: [String] = []
    for line in lines {
      if line.hasPrefix("Obsoleting") { break }
      let fields = (pending + line.fields())
      pending = []
      guard let first = fields.first else { continue }
      let (name, architecture) = RPMPackageList.split(first)
      guard let architecture else { continue }
      guard fields.count >= 3 else {
        pending = fields
        continue
      }
      // dnf marks security fixes in some versions of its listing: the version is the field that has a dash in it.
      guard RPMVersion(fields[1])?.release.isEmpty == false else { continue }
      rows.append(Row(section: "", name: name, architecture: architecture, version: fields[1]))
    }
    return rows
  }

  /// The plan before `Transaction Summary`: headings that end with a colon, rows beneath them indented.
  static func transaction(_ lines: [String]) -> [Row] {
    var rows: [Row] = []
    var section = ""
    var pending: [String] = []
    for line in lines {
      if line.hasPrefix("Transaction Summary") || line.hasPrefix("Transaction Check") { break }
      if !line.hasPrefix(" ") {
        let text = line.trimmed()
        pending = []
        if text.hasSuffix(":") { section = String(text.dropLast()) }
        continue
      }
      guard !section.isEmpty else { continue }
      let fields = pending + line.fields()
      pending = []
      guard let first = fields.first, first != "replacing" else { continue }
      if fields.count == 1 {
        pending = fields
      } else if RPMPackageList.architectures.contains(fields[1]), fields.count == 2 {
        pending = fields
      } else if RPMPackageList.architectures.contains(fields[1]) {
        let version = fields[2].hasPrefix("0:") ? String(fields[2].dropFirst(2)) : fields[2]
        rows.append(Row(section: section, name: first, architecture: fields[1], version: version))
      } else if let row = packageRow(first, section: section) {
        rows.append(row)
      }
    }
    return rows
  }

  /// microdnf shows `openssl-libs-1:3.0.7-27.el9.x86_64` in one word.
  private static func packageRow(_ text: String, section: String) -> Row? {
    let (rest, architecture) = RPMPackageList.split(text)
    guard let architecture, let releaseDash = rest.lastIndex(of: "-") else { return nil }
    let nameAndVersion = rest[..<releaseDash]
    guard let versionDash = nameAndVersion.lastIndex(of: "-") else { return nil }
    let version = String(rest[rest.index(after: versionDash)...])
    return Row(
      section: section, name: String(rest[..<versionDash]), architecture: architecture,
      version: version.hasPrefix("0:") ? String(version.dropFirst(2)) : version)
  }
}
