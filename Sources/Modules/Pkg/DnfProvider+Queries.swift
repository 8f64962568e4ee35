import Functions
import HostSystem
import OrderedCollections
import Value

extension DnfProvider {
  func holds(isFull: Bool) async throws -> [String] {
    try needVersionLock()
    return VersionLockList.parse(try await query([program, "-q", "versionlock", "list"]).outputLines, isFull: isFull)
  }

  func setHold(_ isHeld: Bool, _ name: String) async throws {
    try needVersionLock()
    _ = try await query([program, "-q", "versionlock", isHeld ? "add" : "delete", name])
  }

  private func needVersionLock() throws(FunctionError) {
    guard tool == .microdnf else { return }
    throw FunctionError(.unavailable, "microdnf cannot hold packages.", hint: "Install dnf and its versionlock plugin.")
  }

  func owner(of path: String) async throws -> String {
    let arguments = ["rpm", "-qf", "--qf", "%{NAME}\\n", "--", path]
    let result = try await commands.run(Self.command(arguments))
    guard result.isSuccess else {
      let text = result.errorText + result.outputText
      if text.contains("is not owned by any package") || text.contains("No such file or directory") { return "" }
      throw DnfFailure.error(arguments, result)
    }
    var names: [String] = []
    for name in result.outputLines.map({ $0.trimmed() }) where !name.isEmpty && !names.contains(name) {
      names.append(name)
    }
    return names.joined(separator: ", ")
  }

  func files(of names: [String]) async throws -> (files: [String], errors: [String]) {
    let installed = names.isEmpty ? [:] : try await state().installed
    let present = names.filter { installed[$0] != nil }
    let errors = names.filter { installed[$0] == nil }.map { "package \($0) is not installed" }
    guard names.isEmpty || !present.isEmpty else { return ([], errors) }
    let arguments = ["rpm", names.isEmpty ? "-qla" : "-ql"] + (present.isEmpty ? [] : ["--"] + present)
    let paths = Set(try await query(arguments).outputLines.filter { $0.hasPrefix("/") })
    return (paths.sorted(), errors)
  }

  /// Salt's names of rpm's tags, in the order asked for.
  private static let informationTags = [
    ("name", "NAME"), ("epoch", "EPOCH"), ("version", "VERSION"), ("release", "RELEASE"), ("arch", "ARCH"),
    ("vendor", "VENDOR"), ("packager", "PACKAGER"), ("group", "GROUP"), ("license", "LICENSE"), ("url", "URL"),
    ("source", "SOURCERPM"), ("build_host", "BUILDHOST"), ("build_date_time_t", "BUILDTIME"),
    ("install_date_time_t", "INSTALLTIME"), ("size", "SIZE"), ("summary", "SUMMARY"), ("description", "DESCRIPTION"),
  ]

  func information(of names: [String]) async throws -> [String: ValueMap] {
    let separators = InformationSeparators()
    let tags = Self.informationTags.map { "%{\($0.1)}" }
    let format = tags.joined(separator: separators.field) + separators.record
    let installed = names.isEmpty ? [:] : try await state().installed
    let present = names.filter { installed[$0] != nil }
    guard names.isEmpty || !present.isEmpty else { return [:] }
    let arguments = ["rpm", names.isEmpty ? "-qa" : "-q", "--qf", format] + (present.isEmpty ? [] : ["--"] + present)
    var packages: [String: ValueMap] = [:]
    for record in try await query(arguments).outputText.split(separator: separators.record) {
      let values = record.split(separator: separators.field, omittingEmptySubsequences: false).map(String.init)
      guard values.count == tags.count, values[0] != "gpg-pubkey" else { continue }
      var information: ValueMap = [:]
      for ((field, _), value) in zip(Self.informationTags, values) where !value.isEmpty && value != "(none)" {
        information[field] = field.hasSuffix("_time_t") ? .integer(Int64(value) ?? 0) : .string(value)
      }
      for (seconds, text) in [("build_date_time_t", "build_date"), ("install_date_time_t", "install_date")] {
        guard let time = information[seconds]?.intValue, let date = PackageDate.text(Double(time)) else { continue }
        information[text] = .string(date)
      }
      packages[RPMPackageList.name(values[0], architecture: values[4], nativeArchitecture)] = information
    }
    return packages
  }

  func repositories() throws -> ValueMap {
    var repositories: ValueMap = [:]
    for directory in ["/etc/yum.repos.d", "/etc/yum/repos.d", "/etc/distro.repos.d"] {
      for name in files.entriesIfPresent(directory) where name.hasSuffix(".repo") {
        let path = "\(directory)/\(name)"
        for (id, fields) in YumRepositoryFile.parse(try files.readText(path)) {
          var fields = fields.filter { !$0.key.description.hasSuffix("password") }
          for (key, value) in fields {
            fields[key] = value.stringValue.map { .string(RepositoryURL.hidingPassword(in: $0)) } ?? value
          }
          fields["file"] = .string(path)
          repositories[id] = .map(fields)
        }
      }
    }
    return repositories
  }
}
