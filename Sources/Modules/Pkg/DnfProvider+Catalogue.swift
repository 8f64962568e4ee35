import Functions
import HostSystem
import OrderedCollections
import Value

extension DnfProvider {
  func offered(_ names: [String], fromRepository: String?) async throws -> [(name: String, versions: [String])] {
    let repository = Self.repositoryOptions(fromRepository)
    var found: [String: [String]] = [:]
    if tool == .yum {
      let arguments = ["yum", "-q", "--showduplicates"] + repository + ["list", "available"] + names
      let result = try await commands.run(Self.command(arguments))
      guard result.isSuccess || result.errorText.contains("No matching Packages") else {
        throw DnfFailure.error(arguments, result)
      }
      for row in DnfTable.listing(result.outputLines) {
        found[RPMPackageList.name(row.name, architecture: row.architecture, nativeArchitecture), default: []]
          .append(row.version)
      }
    } else {
      let arguments =
        [program, "-q"] + repository + ["repoquery", "--qf", RPMPackageList.repoqueryFormat] + names
      found = RPMPackageList.parse(try await query(arguments).outputLines, nativeArchitecture: nativeArchitecture)
    }
    return found.sorted { $0.key < $1.key }.map { name, versions in
      (name, versions.sorted { (order($0, $1, ignoringEpoch: false) ?? 0) > 0 })
    }
  }

  func filesByPackage(_ names: [String]) async throws -> [(name: String, files: [String])] {
    var packages: [(String, [String])] = []
    for name in names {
      packages.append((name, try await query(["rpm", "-ql", "--", name]).outputLines.filter { $0.hasPrefix("/") }))
    }
    return packages
  }
}
