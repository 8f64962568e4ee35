import Functions
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let recurse = StateFunction.file(
    "file.recurse", "A directory holds what a directory of the file server holds.",
    details: """
      `changes` has each path with what changed. Of a list of sources the first that is there counts, with `merge` all.

      Example:

          /etc/nginx/conf.d:
            file.recurse:
              - source: salt://nginx/conf.d
              - file_mode: '0644'
              - clean: True
      """,
    parameters: [
      name, .required("source", .any, "A directory of the file server, `salt://…`."),
      .optional("keep_source", .bool, default: true, "Kept for Salt's sake."),
      .optional("clean", .bool, default: false, "Remove what is not in the source and no required state puts there."),
      user, group, dirMode,
      .optional("file_mode", .any, "Permission bits of files; `keep` takes those of the source."),
      .optional("sym_mode", .any, "Taken as in Salt; links have no mode on Linux."), template, templateContext,
      .optional("replace", .bool, default: true, "False leaves files that are there."), defaults,
      .optional("include_empty", .bool, default: false, "Make empty directories too."), backup,
      .optional("include_pat", .any, "Patterns of what is taken; behind `E@` regular expressions."),
      .optional("exclude_pat", .any, "Patterns of what is left out."),
      .optional("maxdepth", .int, "How deep; 0 is the files of the directory itself."),
      .optional("keep_symlinks", .bool, default: false, "Make links of links."),
      .optional("force_symlinks", .bool, default: false, "Replace files by links."),
      .optional("merge", .bool, default: false, "Take all sources together, earlier ones first."), more,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.recurse")
    guard arguments.map("kwargs")["mode"] == nil else {
      throw StateRefusal("'mode' is not allowed in 'file.recurse'. Please use 'file_mode' and 'dir_mode'.")
    }
    var run = try await RecurseRun(arguments, path, context)
    return try await run.run()
  }
}
