import HostSystem
public import Value

/// The installed libssl: `openssl` with `version` (upstream's), `package` (the full version of the package) and
/// `library` (the package's name). It is Brine's own: the first question on the day of a flaw in OpenSSL.
public struct OpenSSLCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    if let grain = await debian(context) { return ["openssl": grain] }
    if let grain = await rpm(context) { return ["openssl": grain] }
    if let grain = await program(context) { return ["openssl": grain] }
    return [:]
  }

  private func debian(_ context: GrainContext) async -> Value? {
    let format = "${Package}\t${Version}\t${db:Status-Abbrev}\n"
    guard let output = await context.output("dpkg-query", "--show", "--showformat", format, "libssl*") else {
      return nil
    }
    let rows = output.splitLines().map { $0.split(separator: "\t").map { $0.trimmed() } }
    let libraries = rows.filter { row in
      row.count == 3 && row[2].hasPrefix("i") && row[0].hasPrefix("libssl")
        && row[0].dropFirst("libssl".count).first?.isNumber == true
    }
    // Several are installed in the middle of an upgrade of the distribution; the newest is what new programs load.
    return libraries.max { Self.numbers($0[1]).lexicographicallyPrecedes(Self.numbers($1[1])) }
      .map { Self.grain(library: $0[0], package: $0[1]) }
  }

  private func rpm(_ context: GrainContext) async -> Value? {
    guard context.commands.which("rpm") != nil else { return nil }
    for name in ["openssl-libs", "libopenssl3", "libopenssl1_1", "openssl"] {
      // SUSE and Red Hat name it differently; rpm fails for a name it does not have.
      guard
        let output = await context.output("rpm", "-q", "--qf", "%{NAME}\t%{VERSION}-%{RELEASE}\n", name),
        let row = output.splitLines().first?.split(separator: "\t"), row.count == 2
      else { continue }
      return Self.grain(library: String(row[0]), package: String(row[1]))
    }
    return nil
  }

  /// `OpenSSL 3.0.17 1 Jul 2025 (Library: …)`
  private func program(_ context: GrainContext) async -> Value? {
    guard let fields = await context.output("openssl", "version")?.fields(), fields.count > 1 else { return nil }
    return ["version": .string(fields[1])]
  }

  private static func grain(library: String, package: String) -> Value {
    let withoutEpoch = package.split(separator: ":", maxSplits: 1).last.map(String.init) ?? package
    let version = withoutEpoch.lastIndex(of: "-").map { String(withoutEpoch[..<$0]) } ?? withoutEpoch
    return ["version": .string(version), "package": .string(package), "library": .string(library)]
  }

  /// The numbers in a version, enough to tell 1.1.1 from 3.0.
  private static func numbers(_ version: String) -> [Int] {
    version.split { !$0.isNumber }.map { Int($0) ?? 0 }
  }
}
