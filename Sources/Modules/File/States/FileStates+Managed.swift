import Functions
import Value

extension FileStates {
  static let managed = StateFunction.file(
    "file.managed", "A file is there with this content, owner and mode.",
    details: """
      The content comes from a source (`salt://`, a path of the host, `file://`; the first of a list that is there), or \
      from `contents`, the pillar or grains; without any of them an empty file is made and a file that is there keeps its \
      content. `changes` has the `diff`, and `user`, `group`, `mode` where they changed; `New file` for one that was \
      missing. The new content has owner and mode from the start.

      The diff is `<show_changes=False>` with `show_changes: False`, and also for what comes from the pillar, which holds \
      secrets. What http, https and ftp give (fetched by curl or wget) has to have `source_hash`, unless `skip_verify` is given. Templates are Jinja.

      Example:

          /etc/motd:
            file.managed:
              - source: salt://motd/motd.jinja
              - template: jinja
              - context: {owner: ops}
              - mode: '0644'
      """,
    parameters: [
      name, source, sourceHash, sourceHashName,
      .optional("keep_source", .bool, default: true, "Kept for Salt's sake; nothing is cached that would be removed."),
      user, group,
      .optional("mode", .any, "Permission bits as octal digits; `keep` takes those of the source."),
      .optional("attrs", .string, "Attributes of the file system that it has and no others, as chattr(1) names them."),
      template, makedirs, dirMode, templateContext,
      .optional("replace", .bool, default: true, "False leaves the content of a file that is there."),
      defaults, backup, showChanges,
      .optional("create", .bool, default: true, "False does nothing when the file is missing."),
      .optional("contents", .any, "The content: a text, or a list of texts, each a line or more."),
      .optional("tmp_dir", .string, "The directory in which `check_cmd` sees the new file; `/tmp` when not given."),
      .optional("tmp_ext", .string, default: "", "What the name of that file ends in."),
      .optional("contents_pillar", .any, "The pillar's key that has the content, or a list of keys."),
      .optional("contents_grains", .any, "The grain that has the content, or a list of grains."),
      .optional("contents_newline", .bool, default: true, "End the content in a newline."),
      .optional("contents_delimiter", .string, default: ":", "What stands between the parts of such a key."),
      .optional("encoding", .string, "utf-8 (also when not given), ascii, latin-1 or utf-16."),
      .optional(
        "encoding_errors", .string, default: "strict",
        "What becomes of a sign that the encoding has not: `strict` refuses, `ignore`, `replace`, `xmlcharrefreplace`."),
      .optional("allow_empty", .bool, default: true, "False refuses empty content."),
      .optional("follow_symlinks", .bool, default: true, "False puts a file in place of a link."),
      .optional("check_cmd", .any, "A command that gets the new file as last argument and refuses it by failing."),
      .optional("skip_verify", .bool, default: false, "Do not compare a source with `source_hash`."),
      .optional("selinux", .any, "Refused: SELinux contexts are not changed."),
      .optional("ignore_ordering", .bool, default: false, "Lines in another order set off no `watch`."),
      .optional("ignore_whitespace", .bool, default: false, "White space around lines sets off no `watch`."),
      .optional("ignore_comment_characters", .any, "What stands after these marks sets off no `watch`."),
      .optional("new_file_diff", .bool, default: false, "Show the content of a new file as a diff."),
    ] + SignatureCheck.parameters + [more]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.managed", absence: "Destination file name is required")
    let contents = ["contents", "contents_pillar", "contents_grains"].filter(arguments.isGiven)
    let hasSource = arguments.isGiven("source") && arguments["source"] != ""
    if hasSource, !contents.isEmpty {
      throw StateRefusal(
        "'source' cannot be used in combination with 'contents', 'contents_pillar', or 'contents_grains'")
    }
    guard contents.count <= 1 else {
      throw StateRefusal("Only one of 'contents', 'contents_pillar', and 'contents_grains' is permitted")
    }
    guard !arguments.isGiven("selinux") || arguments["selinux"] == [:] else {
      throw StateRefusal("selinux: SELinux contexts are not changed by file.managed; use restorecon(8) with cmd.run")
    }
    let flags = try FileAttributeFlags(arguments["attrs"], context.functions)
    var request = ManagedRequest(context: context, path: path)
    request.signatures = try SignatureCheck(arguments, context)
    request.read(arguments)
    request.contents = try GivenContents(arguments, context)
    request.mode = arguments["mode"]
    request.makesDirectories = arguments.bool("makedirs")
    request.creates = arguments.bool("create")
    request.endsLine = arguments.bool("contents_newline")
    request.allowsEmpty = arguments.bool("allow_empty")
    request.encoding = arguments.optionalString("encoding")
    request.encodingErrors = arguments.string("encoding_errors")
    request.followsLinks = arguments.bool("follow_symlinks")
    request.skipsVerification = arguments.bool("skip_verify")
    request.showsChanges = arguments.bool("show_changes")
    request.showsNewContent = arguments.bool("new_file_diff")
    request.check = CheckCommand(arguments, context)
    request.ignored = IgnoredDifferences(
      ordering: arguments.bool("ignore_ordering"), whitespace: arguments.bool("ignore_whitespace"),
      commentCharacters: arguments["ignore_comment_characters"])
    request.sourceHash = arguments["source_hash"]
    request.sourceHashName = arguments.optionalString("source_hash_name")
    var result = try await request.run()
    if let flags, result.result != false, context.functions.files.isFile(path) {
      if let change = try await flags.enforce(path) {
        if result.changes.isEmpty {
          result.comment = context.isTest ? "The file \(path) is set to be changed" : "File \(path) updated"
        }
        result.changes["attrs"] = change
        if context.isTest { result.result = nil }
      }
    }
    if request.more["file_mode"] != nil {
      result.warnings.append(
        "The 'file_mode' argument will be ignored.  Please use 'mode' instead to set file permissions.")
    }
    return result
  }
}

extension ManagedRequest {
  /// What `file.managed` and `file.recurse` have in common.
  mutating func read(_ arguments: Arguments) {
    source = arguments["source"]
    user = arguments["user"]
    group = arguments["group"]
    engine = arguments.optionalString("template").flatMap { $0.isEmpty ? nil : $0 }
    directoryMode = arguments["dir_mode"]
    templateContext = arguments["context"]
    defaults = arguments["defaults"]
    replaces = arguments.bool("replace")
    backup = arguments["backup"]
    more = arguments.map("kwargs")
    if user.isNull, let owner = more["owner"] { user = owner }
  }
}
