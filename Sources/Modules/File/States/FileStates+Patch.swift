import Functions
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let patch = StateFunction.file(
    "file.patch", "A patch is applied to a file or directory.",
    details: """
      patch(1) does it. A patch that is applied already is no change. `changes` has what patch said.

      Example:

          /srv/app/config.py:
            file.patch:
              - source: salt://app/config.patch
      """,
    parameters: [
      name, source, sourceHash, sourceHashName,
      .optional("skip_verify", .bool, default: false, "Do not compare a source with `source_hash`."), template,
      templateContext, defaults, .optional("options", .string, default: "", "Further options of patch(1)."),
      .optional("reject_file", .string, "Where the parts that do not apply are kept."),
      .optional("strip", .int, "How many parts of paths are left out, for a directory."),
      .optional("saltenv", .string, "The environment of the source."), more,
    ]
  ) { arguments, context in
    let files = context.functions.files
    guard context.functions.commands.which("patch") != nil else {
      throw StateRefusal("patch executable not found on minion")
    }
    let path = try StatePath.name(arguments, of: "file.patch", absence: "A file/directory to be patched is required")
    guard path.hasPrefix("/") else { throw StateRefusal("\(path) is not an absolute path") }
    guard files.exists(path) else { throw StateRefusal("\(path) does not exist") }
    let rejects = arguments.optionalString("reject_file")
    if let rejects {
      guard rejects.hasPrefix("/") else { throw StateRefusal("'\(rejects)' is not an absolute path") }
      guard files.isDirectory(PathText.dirname(rejects)) else {
        throw StateRefusal(
          "Parent directory for reject_file '\(rejects)' either does not exist, or is not a directory")
      }
    }
    let run = try PatchRun(path, options: arguments.string("options"), strip: arguments.int("strip"), context)
    let finder = SourceFinder(context: context)
    var chosen = try await finder.choose(arguments["source"], hash: arguments["source_hash"])
    var warnings = ["hash", "dry_run_first"].filter { arguments.map("kwargs")[$0] != nil }.map {
      "The '\($0)' argument is no longer used and has been ignored."
    }
    if let environment = arguments.optionalString("saltenv"), case .salt(_, let own) = SourceReference(chosen.source) {
      if let own, own != environment {
        warnings.append("Ignoring 'saltenv' option in favor of saltenv included in the source URL.")
      } else if own == nil {
        chosen.source += "?saltenv=\(environment)"
      }
    }
    var variables = arguments["defaults"].mapValue ?? [:]
    for (key, value) in arguments["context"].mapValue ?? [:] { variables[key] = value }
    let engine = arguments.optionalString("template")
    do {
      if case .local = SourceReference(chosen.source), !chosen.hash.isNull, !arguments.bool("skip_verify") {
        let wanted = try await SourceHash.parse(
          chosen.hash.description, name: arguments.optionalString("source_hash_name"), file: path,
          source: chosen.source, finder)
        try await wanted.require(
          finder.path(of: chosen.source), subject: chosen.source, isHinting: true, context)
      }
      let text = try await finder.text(of: chosen.source, engine: engine, variables: variables)
      var result = try await run.run(text, rejects: rejects)
      result.warnings += warnings
      return result
    } catch let refusal as StateRefusal {
      throw refusal.prefixed("Unable to manage file: ")
    }
  }
}
