import HostSystem
public import Value

/// The distribution: `os`, `os_family`, `osfullname`, `oscodename`, `osrelease`, `osrelease_info`, `osmajorrelease`,
/// `osfinger`, `osarch`, `lsb_distrib_*`.
public struct OperatingSystemCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var grains = distribution(context.files)
    grains["osarch"] = .string(
      await architecture(family: grains["os_family"]?.description ?? "", context: context))
    return grains
  }

  /// All but `osarch`.
  func distribution(_ files: HostFiles) -> ValueMap {
    let text =
      (try? files.readText("/etc/os-release", limit: 1 << 16))
      ?? (try? files.readText("/usr/lib/os-release", limit: 1 << 16))
    let release = text.map { OSRelease($0) }
    let file = ReleaseFile(files)
    var lsb = lsbRelease(files)
    if lsb["lsb_distrib_id"] == nil, let release {
      lsb["lsb_distrib_id"] = .string(release.name)
      lsb["lsb_distrib_release"] = release["VERSION_ID"].map(Value.string)
      lsb["lsb_distrib_codename"] = (release["VERSION_CODENAME"] ?? release["PRETTY_NAME"]).map(Value.string)
    }
    let isSUSE = (release?["CPE_NAME"] ?? "").lowercased().split(separator: ":").contains { $0.hasSuffix("suse") }
    let fullName =
      isSUSE && release?.name == "openSUSE Leap"
      ? "Leap" : release?.name ?? lsb["lsb_distrib_id"]?.description ?? file?.name ?? "Linux"
    let os = isSUSE ? "SUSE" : specialName(release) ?? DistributionNames.os(fullName: fullName)

    var codename = lsb["lsb_distrib_codename"]?.description ?? ""
    if ["CentOS Linux 7", "CentOS Linux 8"].contains(where: codename.contains) {
      // Their os-release leaves the minor release out; /etc/centos-release has it.
      lsb["lsb_distrib_release"] = nil
    }
    if os == "Rocky" || os == "AlmaLinux", let inner = bracketed(codename) {
      codename = inner
      lsb["lsb_distrib_codename"] = .string(inner)
    }
    if codename.isEmpty || codename.contains("Red Hat") { codename = release?.codename ?? file?.codename ?? "" }

    var grains: ValueMap = [
      "os": .string(os),
      "os_family": .string(DistributionNames.family(os: os)),
      "osfullname": .string(fullName),
      "oscodename": .string(codename.trimmed()),
    ]
    for (name, value) in lsb { grains[name] = value }
    let version = lsb["lsb_distrib_release"]?.description ?? bestVersion(release, file, files)
    grains["osrelease"] = .string(version.trimmed())
    for (name, value) in Self.releaseParts(os: os, fullName: fullName, release: version.trimmed()) {
      grains[name] = value
    }
    return grains
  }

  /// `osrelease_info`, `osmajorrelease` and `osfinger`; nothing for a distribution that has no releases.
  static func releaseParts(os: String, fullName: String, release: String) -> ValueMap {
    guard !release.isEmpty else { return [:] }
    let parts = release.split(separator: ".", omittingEmptySubsequences: false).map { part -> Value in
      part.utf8.allSatisfy { (48...57).contains($0) }
        ? Int64(part).map(Value.int) ?? .string(String(part))
        : .string(String(part))
    }
    var grains: ValueMap = ["osrelease_info": .list(parts)]
    if let major = parts.first?.intValue { grains["osmajorrelease"] = .int(major) }
    let name = ["Debian", "Raspbian", "AlmaLinux"].contains(os) ? os : fullName
    let finger = ["Ubuntu", "Pop", "NixOS"].contains(os) ? release : parts.first?.description ?? release
    grains["osfinger"] = .string("\(name)-\(finger)")
    return grains
  }

  /// What packages are built for, in the words of the package system.
  private func architecture(family: String, context: GrainContext) async -> String {
    let machine = context.kernel.machine
    switch family {
    case "Debian":
      if let output = await context.output("dpkg", "--print-architecture")?.trimmed(), !output.isEmpty { return output }
      return ["x86_64": "amd64", "aarch64": "arm64", "armv7l": "armhf", "i686": "i386", "ppc64le": "ppc64el"][machine]
        ?? machine
    case "RedHat", "Suse":
      if let output = await context.output("rpm", "--eval", "%{_host_cpu}")?.trimmed(), !output.isEmpty {
        return output
      }
      return machine
    default: return machine
    }
  }

  private func specialName(_ release: OSRelease?) -> String? {
    switch (release?.id, release?.name) {
    case ("astra", "Astra Linux (Orel)"): "AstraLinuxCE"
    case ("astra", "Astra Linux (Smolensk)"): "AstraLinuxSE"
    default: nil
    }
  }

  /// The most precise of the versions that the host's files name: the most dots, the first of equals.
  private func bestVersion(_ release: OSRelease?, _ file: ReleaseFile?, _ files: HostFiles) -> String {
    var candidates = [
      release?["VERSION_ID"], file?.version, release?["PRETTY_NAME"].flatMap { ReleaseFile(line: $0).version },
    ]
    if release?.isLikeDebian == true { candidates.append(files.firstLine("/etc/debian_version")) }
    return candidates.compactMap(\.self).reduce("") { best, candidate in
      best.isEmpty || candidate.filter { $0 == "." }.count > best.filter { $0 == "." }.count ? candidate : best
    }
  }

  private func bracketed(_ text: String) -> String? {
    guard let open = text.firstIndex(of: "(") else { return nil }
    return String(text[text.index(after: open)...].prefix { $0 != ")" })
  }

  /// The `DISTRIB_…=` lines of /etc/lsb-release as `lsb_distrib_…`.
  private func lsbRelease(_ files: HostFiles) -> ValueMap {
    var grains: ValueMap = [:]
    for line in files.linesIfPresent("/etc/lsb-release").prefix(100) {
      for key in ["ID", "RELEASE", "CODENAME", "DESCRIPTION"] where line.hasPrefix("DISTRIB_\(key)=") {
        let value = line.dropFirst("DISTRIB_\(key)=".count).drop { $0 == "\"" || $0 == "'" }
          .prefix { $0.isLetter || $0.isNumber || $0.isWhitespace || "._-".contains($0) }
        if !value.isEmpty { grains["lsb_distrib_\(key.lowercased())"] = .string(value.trimmed()) }
      }
    }
    return grains
  }
}
