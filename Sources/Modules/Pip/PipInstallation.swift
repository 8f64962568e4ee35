import Functions
import Hashing
import HostSystem
import OrderedCollections
import Value

/// One `pip install` or `pip uninstall`.
struct PipInstallation: Sendable {
  let arguments: Arguments
  let context: FunctionContext
  let environment: String

  /// Gives what `cmd.run_all` gives.
  ///
  /// - Throws: `FunctionError` before anything runs: for arguments that pip does not have, for requirements that are missing.
  func install(_ packages: [String]) async throws -> ValueMap {
    let editable = PipOptions.items(arguments["editable"])
    for entry in editable where entry != "." && !entry.hasPrefix("file://") && !entry.hasPrefix("/") {
      guard entry.contains("egg=") else {
        throw FunctionError(.badArguments, "You must specify an egg for this editable")
      }
    }
    let (requirements, copies) = try await requirementFiles()
    defer { for copy in copies { try? context.files.remove(copy) } }
    guard !packages.isEmpty || !editable.isEmpty || !requirements.isEmpty else {
      return ["retcode": 0, "stdout": "No packages to install."]
    }
    return try await PipProgram(arguments, context).run(
      ["install"] + requirementWords(requirements) + PipOptions.words(arguments) + packages
        + editable.flatMap { ["--editable", $0] } + PipOptions.further(arguments))
  }

  func uninstall(_ packages: [String]) async throws -> ValueMap {
    let (requirements, copies) = try await requirementFiles()
    defer { for copy in copies { try? context.files.remove(copy) } }
    return try await PipProgram(arguments, context).run(
      ["uninstall", "-y"] + requirementWords(requirements)
        + PipOptions.words(arguments, only: ["log", "proxy", "timeout"]) + packages
        + (arguments.has("extra_args") ? PipOptions.further(arguments) : []))
  }

  /// Files that another user is to read are copied for it; the copies are the second list.
  private func requirementFiles() async throws -> (files: [String], copies: [String]) {
    var (files, copies): ([String], [String]) = ([], [])
    for item in PipOptions.items(arguments["requirements"]) {
      guard item.hasPrefix("salt://") else {
        files.append(item)
        continue
      }
      guard let url = FileURL(item),
        let path = try await context.source.localPath(of: url.path, environment: url.environment ?? environment)
      else { throw FunctionError(.notFound, "pip requirements file '\(item)' not found") }
      guard let user = arguments.optionalString("user") else {
        files.append(path)
        continue
      }
      let account = try await CommandAccount.look(up: user, group: nil, context.commands).runAs
      let copy = "/tmp/brine-requirements-\(Hexadecimal.text(try KernelRandom.bytes(12))).txt"
      do {
        try context.files.write(copy, context.files.read(path), mode: 0o400, owner: (account.uid, account.gid))
      } catch { throw FunctionError(.failed, error.message) }
      files.append(copy)
      copies.append(copy)
    }
    return (files, copies)
  }

  private func requirementWords(_ files: [String]) -> [String] { files.flatMap { ["--requirement", $0] } }
}
