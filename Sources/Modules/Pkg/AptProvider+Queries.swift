import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

extension AptProvider {
  func holds(isFull: Bool) async throws -> [String] {
    try await query(["apt-mark", "showhold"]).outputLines.map { $0.trimmed() }.filter { !$0.isEmpty }
  }

  func setHold(_ isHeld: Bool, _ name: String) async throws {
    _ = try await query(["apt-mark", isHeld ? "hold" : "unhold", "--", name])
  }

  func owner(of path: String) async throws -> String {
    for candidate in [path] + aliases(of: path) {
      let arguments = ["dpkg-query", "-S", "--", Self.escapingPattern(candidate)]
      let result = try await commands.runParsed(arguments)
      if result.isSuccess { return Self.owner(result.outputLines, of: candidate) }
      guard result.errorText.contains("no path found") else { throw AptFailure.error(arguments, result) }
    }
    return ""
  }

  /// Lines are `coreutils: /bin/ls` or `a, b:amd64: /etc/init.d`, and others about diversions.
  static func owner(_ lines: [String], of path: String) -> String {
    for line in lines where line.hasSuffix(": \(path)") && !line.hasPrefix("diversion by ") {
      let names = line.dropLast(path.count + 2).split(separator: ",")
      return names.map { String($0.trimmed().prefix { $0 != ":" }) }.joined(separator: ", ")
    }
    return ""
  }

  /// On a host with merged /usr a package may own `/bin/ls` while the path asked for is `/usr/bin/ls`, or the reverse.
  private func aliases(of path: String) -> [String] {
    for top in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] {
      guard files.status(top, followingLinks: false)?.kind == .link else { continue }
      if path.hasPrefix("/usr\(top)/") { return [String(path.dropFirst(4))] }
      if path.hasPrefix("\(top)/") { return ["/usr\(path)"] }
    }
    return []
  }

  /// dpkg-query takes a pattern; the path is meant as it stands.
  private static func escapingPattern(_ path: String) -> String {
    var text = ""
    for character in path {
      if "*?[]\\".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }

  func files(of names: [String]) async throws -> (files: [String], errors: [String]) {
    let state = try await state()
    let asked = names.isEmpty ? state.present.keys.sorted() : names
    let present = asked.filter { state.present[$0] != nil }
    let errors = asked.filter { state.present[$0] == nil }.map { "package \($0) is not installed" }
    var paths: Set<String> = []
    // dpkg-query takes many names at once; an argv is bounded.
    for start in stride(from: 0, to: present.count, by: 500) {
      let chunk = Array(present[start..<min(start + 500, present.count)])
      let lines = try await query(["dpkg-query", "-L", "--"] + chunk).outputLines
      paths.formUnion(lines.filter { $0.hasPrefix("/") })
    }
    return (paths.sorted(), errors)
  }

  /// Salt's names of dpkg's fields, in the order asked for.
  private static let informationFields = [
    ("name", "Package"), ("architecture", "Architecture"), ("packager", "Maintainer"), ("source", "source:Package"),
    ("version", "Version"), ("group", "Section"), ("url", "Homepage"), ("vendor", "Origin"),
    ("description", "Description"),
  ]

  func information(of names: [String]) async throws -> [String: ValueMap] {
    let separators = InformationSeparators()
    let columns = Self.informationFields.map { "${\($0.1)}" } + ["${Status}"]
    let format = columns.joined(separator: separators.field) + separators.record
    let state = try await state()
    let present = names.isEmpty ? [] : names.filter { state.present[$0] != nil }
    guard names.isEmpty || !present.isEmpty else { return [:] }
    let output = try await query(["dpkg-query", "-W", "-f", format, "--"] + present).outputText
    var packages: [String: ValueMap] = [:]
    for record in output.split(separator: separators.record) {
      let values = record.split(separator: separators.field, omittingEmptySubsequences: false).map(String.init)
      guard values.count == columns.count, values.last?.hasSuffix(" installed") == true else { continue }
      var information: ValueMap = [:]
      for (field, value) in zip(Self.informationFields, values) where !value.isEmpty {
        information[field.0] = .string(value)
      }
      let (name, architecture) = (values[0], values[1])
      if let date = installDate(name, architecture) { information["install_date"] = .string(date) }
      packages[name] = information
    }
    return packages
  }

  /// dpkg keeps no date; the time of the package's file list is when it was last unpacked.
  private func installDate(_ name: String, _ architecture: String) -> String? {
    let paths = ["\(name).list", "\(name):\(architecture).list"].map { "/var/lib/dpkg/info/\($0)" }
    guard let status = paths.lazy.compactMap({ files.status($0) }).first else { return nil }
    return PackageDate.text(status.modificationTime)
  }

  func repositories() throws -> ValueMap {
    var repositories: ValueMap = [:]
    for source in try AptSources.files(files).flatMap(\.sources) {
      for entry in source.entries {
        let list = repositories[entry.uri]?.listValue ?? []
        repositories[entry.uri] = .list(list + [entry.value])
      }
    }
    return repositories
  }
}
