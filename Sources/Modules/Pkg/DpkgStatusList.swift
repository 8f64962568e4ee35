import HostSystem

/// Reads what `dpkg-query -W` prints in `format`.
enum DpkgStatusList {
  /// One line a package: `install ok installed⇥bash⇥5.2.15-2+b8⇥amd64`.
  static let format = "${Status}\\t${Package}\\t${Version}\\t${Architecture}\\n"

  /// - Parameter nativeArchitecture: packages of another one are named `name:arch`; empty names none so.
  static func parse(_ lines: [String], nativeArchitecture: String) -> PackageState {
    var state = PackageState()
    for line in lines {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 4, !columns[1].isEmpty, !columns[2].isEmpty else { continue }
      let status = columns[0].fields()
      guard status.count == 3 else { continue }
      let isForeign =
        !nativeArchitecture.isEmpty && columns[3] != nativeArchitecture && columns[3] != "all" && !columns[3].isEmpty
      let name = isForeign ? "\(columns[1]):\(columns[3])" : columns[1]
      if status[0] == "hold" { state.held.insert(name) }
      switch (status[0], status[2]) {
      case (_, "config-files"): state.removed[name, default: []].append(columns[2])
      case ("purge", "installed"): state.purgeDesired[name, default: []].append(columns[2])
      case (_, "installed"), (_, "triggers-awaited"), (_, "triggers-pending"):
        state.installed[name, default: []].append(columns[2])
      case (_, "half-installed"), (_, "unpacked"), (_, "half-configured"): state.broken[name] = status[2]
      default: continue
      }
    }
    return state
  }
}
