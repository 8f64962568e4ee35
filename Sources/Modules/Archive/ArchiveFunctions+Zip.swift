import Functions
import HostSystem
import OrderedCollections
import Value

extension ArchiveFunctions {
  private static let archive = Parameter.required("zip_file", .string, "The archive.")
  private static let destination = Parameter.required("dest", .string, "The directory to extract into.")
  private static let excludes = Parameter.optional("excludes", .stringList, "Entries to leave out.")
  private static let trim = Parameter.optional(
    "trim_output", .any, default: false, "Return only so many lines; True for 100.")
  private static let password = Parameter.optional(
    "password", .any, "Refused: unzip takes passwords on its command line only.")
  private static let sources = Parameter.required("sources", .stringList, "Files, directories and patterns.")

  static let unzip = function(
    "unzip", "Extracts a zip archive.",
    details: """
      Returns the entries. Looked through first: paths and links that lead out of the directory, and devices, are \
      refused.

      Example: `brine run web1 archive.unzip /tmp/app.zip /srv/app`
      """,
    effect: .change,
    parameters: [
      archive, destination, excludes, .optional("options", .any, "Taken for compatibility; cmd_unzip has options."),
      template, runas, trim, password,
      .optional("extract_perms", .bool, default: true, "With the permissions that the archive has."),
    ]
  ) { arguments, context in
    let excluded = Set(arguments.strings("excludes"))
    let members = try await extract(arguments, context, words: []).members
    let names = ArchiveFunctions.names(members).filter { !excluded.contains($0) }
    if !arguments.bool("extract_perms") {
      try ArchivePermissions.reset(members, in: arguments.string("dest"), context.files)
    }
    return .strings(trimmed(names, arguments["trim_output"]))
  }

  static let cmdUnzip = function(
    "cmd_unzip", "Extracts a zip archive by unzip with options.",
    details: """
      Returns what unzip prints. Looked through first, as by archive.unzip.

      Example: `brine run web1 archive.cmd_unzip /tmp/app.zip /srv/app options=-j`
      """,
    effect: .change,
    parameters: [
      archive, destination, excludes, .optional("options", .string, "Options of unzip."), template, runas, trim,
      password,
    ]
  ) { arguments, context in
    let words = try GitText.options(arguments["options"])
    let lines = try await extract(arguments, context, words: words).lines
    return .strings(trimmed(lines, arguments["trim_output"]))
  }

  static let zip = packing(
    "zip", "Packs files into a zip archive.",
    more: [.optional("zip64", .bool, default: false, "Taken for compatibility: zip uses it where it is needed.")])
  static let cmdZip = packing("cmd_zip", "Packs files into a zip archive.", more: [])

  private static func packing(_ name: String, _ summary: String, more: [Parameter]) -> Function {
    function(
      name, summary,
      details: """
        Returns the entries. An archive that is there is replaced. Without `cwd` paths have to be absolute.

        Example: `brine run web1 archive.\(name) /tmp/etc.zip /etc/hosts,/etc/apt`
        """,
      effect: .change, parameters: [archive, sources, template, cwd, runas] + more
    ) { arguments, context in
      let directory = arguments.optionalString("cwd")
      if let directory { _ = try AbsolutePath.check(directory, "cwd") }
      let archive = try AbsolutePath.check(arguments.string("zip_file"), "zip_file")
      let sources = try expanded(arguments.strings("sources"), in: directory, context)
      guard !sources.isEmpty else { throw StateRefusal("none of the sources is there") }
      try context.stopIfTest("pack \(sources.joined(separator: ", ")) into \(archive)")
      let new = "\(archive).brine-\(UInt32.random(in: 0 ... .max)).zip"
      defer { try? context.files.remove(new) }
      var command = Command(["zip", "-q", "-r", context.files.resolve(new), "--"] + sources)
      command.workingDirectory = context.files.resolve(directory ?? "/")
      try await run(&command, arguments, context)
      let entries = try ZipDirectory(new, context.files).entries.map(\.path)
      try context.files.rename(new, to: archive)
      return .strings(entries)
    }
  }

  private static func extract(
    _ arguments: Arguments, _ context: FunctionContext, words: [String]
  ) async throws -> (members: [ArchiveMember], lines: [String]) {
    guard !arguments.isGiven("password") else {
      throw StateRefusal("'password' is not supported: unzip would show it on its command line")
    }
    let archive = try AbsolutePath.check(arguments.string("zip_file"), "zip_file")
    let destination = try AbsolutePath.check(arguments.string("dest"), "dest")
    let account = try await account(arguments, context)
    let program = ZipProgram(context, account: account)
    guard try !program.isEncrypted(archive) else { throw StateRefusal("\(archive) is password-protected") }
    let members = try await program.list(archive)
    try ArchiveSafety.check(members, into: destination, context.files)
    try context.stopIfTest("extract \(archive) into \(destination)")
    if !context.files.exists(destination) {
      try DirectoryMaker(context, uid: account?.runAs.uid, gid: account?.runAs.gid, mode: nil).make(destination)
    }
    let lines = try await program.extract(
      archive, into: destination, excluding: arguments.strings("excludes"), words: words)
    return (members, lines)
  }

  /// Directories with a slash at their end, as a zip file has them.
  static func names(_ members: [ArchiveMember]) -> [String] {
    members.map { $0.kind == .directory ? $0.path + "/" : $0.path }
  }

  static func trimmed(_ lines: [String], _ limit: Value) -> [String] {
    guard limit != false, !limit.isNull else { return lines }
    let count = limit == true ? 100 : max(0, Int(limit.description) ?? 100)
    return lines.count > count ? lines.prefix(count) + ["List trimmed after \(count) files."] : lines
  }
}
