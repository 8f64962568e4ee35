import Functions
import HostSystem
import Value

/// A PPA of Launchpad, which Ubuntu's own program sets up.
struct PersonalArchive: Sendable {
  let context: FunctionContext
  let name: String

  /// - Parameter name: `owner/name`.
  init(_ name: String, _ context: FunctionContext) throws(FunctionError) {
    self.name = name
    self.context = context
    guard ["Ubuntu", "Mint", "neon"].contains(context.grains["os"]?.stringValue) else {
      throw FunctionError(
        .badArguments, "cannot parse \"ppa:\" style repo definitions: ppa:\(name.shownOnOneLine)",
        hint:
          "PPAs are Ubuntu's; this host runs \(context.grains["os"]?.stringValue ?? "something else"). Give the line "
          + "`deb [signed-by=…] https://… suite component` and the key.")
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ PackageName.isRepository(String($0)) }) else {
      throw FunctionError(
        .badArguments, "Unable to get PPA info from argument. Expected format \"<PPA_OWNER>/<PPA_NAME>\" not found.")
    }
  }

  /// The line that stands for it; nil when it is not configured.
  func line() throws -> AptRepositoryLine? {
    for file in try AptSources.files(context.files) {
      for case .line(let line, _) in file.entries where isOurs(line.uri) { return line }
      for source in file.sources where source.uris.contains(where: isOurs) {
        return AptRepositoryLine(
          "\(source.types[0]) \(source.uris[0]) \(source.suites[0]) \(source.components.joined(separator: " "))")
      }
    }
    return nil
  }

  private func isOurs(_ uri: String) -> Bool {
    ["ppa.launchpad.net", "ppa.launchpadcontent.net", "private-ppa.launchpadcontent.net"].contains {
      AptRepositories.withoutSlash(uri).hasSuffix("\($0)/\(name)/ubuntu")
    }
  }

  func isConfigured() throws -> Bool {
    try AptSources.files(context.files).flatMap(\.sources).contains { source in
      !source.isDisabled && source.uris.contains(where: isOurs)
    }
  }

  func add() async throws {
    guard context.commands.which("apt-add-repository") != nil else {
      throw FunctionError(
        .unavailable, "This host has no apt-add-repository, which sets up PPAs.",
        hint: "Install software-properties-common, or give the whole line and the key.")
    }
    let arguments = ["apt-add-repository", "-y", "-n", "ppa:\(name)"]
    let result = try await context.commands.run(AptProvider.command(arguments))
    guard result.isSuccess else {
      throw FunctionError(.failed, "Unable to add PPA '\(name)'. " + OutputTail.failure(of: arguments, result))
    }
  }
}
