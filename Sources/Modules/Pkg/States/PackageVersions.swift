import Functions
import OrderedCollections
import Value

/// Versions that the repositories offer.
enum PackageVersions {
  /// Newest first; only the newest where the tool does not tell more.
  static func offered(_ name: String, _ provider: any PackageProvider, fromRepository: String?) async throws -> [String]
  {
    if let apt = provider as? AptProvider {
      guard let entry = try await apt.policy([name], fromRepository).entries[name] else { return [] }
      return entry.versions.isEmpty ? [entry.candidate].filter { !$0.isEmpty } : entry.versions
    }
    return try await provider.candidates(of: [name], fromRepository: fromRepository)[name].map { [$0] } ?? []
  }

  /// The newest version of each package that is newer than the installed one; no entry where there is none.
  static func upgrades(
    of names: [String], _ records: PackageRecords, _ provider: any PackageProvider, fromRepository: String?
  ) async throws -> [String: String] {
    let candidates = try await provider.candidates(of: names, fromRepository: fromRepository)
    return candidates.filter { name, candidate in
      !records.versions(of: name).contains {
        (provider.order($0, candidate, ignoringEpoch: false) ?? -1) >= 0
      }
    }
  }

  /// The version to ask the tool for: the text where it names one, the newest that fulfils conditions otherwise.
  static func chosen(
    _ wish: String?, of name: String, _ provider: any PackageProvider, fromRepository: String?
  ) async throws -> String? {
    guard let wish, !wish.isEmpty, wish != "latest" else { return nil }
    let requirement = VersionRequirement(wish)
    if let exact = requirement.exact { return exact }
    let offered = try await offered(name, provider, fromRepository: fromRepository)
    if let version = offered.first(where: { requirement.isFulfilled(by: [$0], provider) }) { return version }
    let list = offered.isEmpty ? "None" : offered.joined(separator: ", ")
    throw FunctionError(.notFound, "No version matching '\(name)\(wish)' could be found (available: \(list))")
  }
}
