import HostSystem

/// Reads what `rpm -qa` and `repoquery` print in `format`.
enum RPMPackageList {
  /// One line a package: `openssl⇥1⇥3.0.7⇥27.el9⇥x86_64`; rpm writes `(none)` for a missing epoch.
  static let format = "%{NAME}\\t%{EPOCH}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\n"
  /// The same for `dnf repoquery`, whose tags are in lower case.
  static let repoqueryFormat = "%{name}\\t%{epoch}\\t%{version}\\t%{release}\\t%{arch}\\n"

  /// Versions by name, each list sorted oldest first.
  ///
  /// - Parameter nativeArchitecture: packages of another one are named `name.arch`, as Salt does; empty names none so.
  static func parse(_ lines: [String], nativeArchitecture: String) -> [String: [String]] {
    var packages: [String: [String]] = [:]
    for line in lines {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      // Keys that were imported stand among the packages; they are none.
      guard columns.count == 5, !columns[0].isEmpty, columns[0] != "gpg-pubkey" else { continue }
      let version = versionText(epoch: columns[1], version: columns[2], release: columns[3])
      let name = self.name(columns[0], architecture: columns[4], nativeArchitecture)
      if packages[name]?.contains(version) != true { packages[name, default: []].append(version) }
    }
    return packages.mapValues { versions in
      versions.sorted { left, right in
        guard let a = RPMVersion(left), let b = RPMVersion(right), a != b else { return left < right }
        return a < b
      }
    }
  }

  static func versionText(epoch: String, version: String, release: String) -> String {
    let hasEpoch = !["", "0", "(none)"].contains(epoch)
    return (hasEpoch ? "\(epoch):" : "") + version + (release.isEmpty ? "" : "-\(release)")
  }

  /// The 32-bit x86 names all mean the same here.
  static func name(_ name: String, architecture: String, _ native: String) -> String {
    let small: Set<String> = ["i386", "i486", "i586", "i686", "athlon"]
    let isNative =
      native.isEmpty || architecture == native || ["noarch", "(none)", ""].contains(architecture)
      || (small.contains(native) && small.contains(architecture))
    return isNative ? name : "\(name).\(architecture)"
  }

  /// Name and architecture of `openssl-libs.i686`; no architecture when the suffix is none.
  static func split(_ text: String) -> (name: String, architecture: String?) {
    guard let dot = text.lastIndex(of: ".") else { return (text, nil) }
    let suffix = String(text[text.index(after: dot)...])
    return architectures.contains(suffix) ? (String(text[..<dot]), suffix) : (text, nil)
  }

  static let architectures: Set<String> = [
    "aarch64", "armv7hl", "athlon", "i386", "i486", "i586", "i686", "loongarch64", "noarch", "ppc64", "ppc64le",
    "riscv64", "s390x", "src", "x86_64", "x86_64_v2",
  ]
}
