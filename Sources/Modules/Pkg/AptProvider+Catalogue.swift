import Functions
import HostSystem
import OrderedCollections
import Value

extension AptProvider {
  /// What `apt-cache show` prints: a record for each version, of each field its first line.
  func records(_ names: [String]) async throws -> [OrderedDictionary<String, String>] {
    let arguments = ["apt-cache", "-q", "show", "--"] + names
    var command = Self.command(arguments)
    command.outputLimit = 64 << 20
    let result = try await commands.run(command)
    // It exits with 100 when it does not know one of the names, and shows the others.
    guard
      result.isSuccess || result.errorText.contains("No packages found") || !result.standardOutput.isEmpty
        || result.errorText.contains("Unable to locate package")
    else { throw AptFailure.error(arguments, result) }
    var records: [OrderedDictionary<String, String>] = []
    var record: OrderedDictionary<String, String> = [:]
    for line in result.outputLines + [""] {
      if line.isEmpty {
        if !record.isEmpty { records.append(record) }
        record = [:]
      } else if line.first?.isWhitespace == false, let colon = line.firstIndex(of: ":") {
        record[String(line[..<colon])] = line[line.index(after: colon)...].trimmed()
      }
    }
    return records
  }

  func offered(_ names: [String], fromRepository: String?) async throws -> [(name: String, versions: [String])] {
    var found: OrderedDictionary<String, [String]> = [:]
    if names.isEmpty {
      var name: String?
      for line in try await query(["apt-cache", "-q", "dump"]).outputLines {
        if line.hasPrefix("Package: ") {
          name = String(line.dropFirst("Package: ".count))
        } else if let name, line.hasPrefix(" Version: ") {
          found[name, default: []].append(line.dropFirst(" Version: ".count).trimmed())
        }
      }
    } else if fromRepository != nil {
      for (name, entry) in try await policy(names, fromRepository).entries { found[name] = entry.versions }
    } else {
      for record in try await records(names) {
        guard let name = record["Package"], let version = record["Version"] else { continue }
        found[name, default: []].append(version)
      }
    }
    return found.map { ($0.key, $0.value) }
  }

  func filesByPackage(_ names: [String]) async throws -> [(name: String, files: [String])] {
    var packages: [(String, [String])] = []
    for start in stride(from: 0, to: names.count, by: 200) {
      let chunk = Array(names[start..<min(start + 200, names.count)])
      let lines = try await query(["dpkg-query", "-L", "--"] + chunk).outputLines
      // An empty line parts one package from the next.
      let parts = lines.split(omittingEmptySubsequences: false) { $0.isEmpty }
      guard parts.count == chunk.count else {
        throw FunctionError(.failed, "dpkg-query gave \(parts.count) lists of files for \(chunk.count) packages.")
      }
      packages += zip(chunk, parts).map { ($0, $1.filter { $0.hasPrefix("/") }) }
    }
    return packages
  }

  /// What dpkg is told to do with each package, in its order.
  func selections() async throws -> OrderedDictionary<String, String> {
    let lines = try await query(["dpkg", "--get-selections"]).outputLines
    var selections: OrderedDictionary<String, String> = [:]
    for fields in lines.map({ $0.fields() }) where fields.count == 2 { selections[fields[0]] = fields[1] }
    return selections
  }
}
