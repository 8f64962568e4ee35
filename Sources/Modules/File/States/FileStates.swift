public import Functions
import Value

/// `file.*` as states: what files, directories and links of a host are to be.
public enum FileStates {
  public static let all: [StateFunction] = [
    managed, directory, recurse, symlink, hardlink, absent, exists, missing, touch, append, prepend, line, replace,
    blockreplace, comment, uncomment, keyvalue, serialize, copy, copyUnderscore, rename, patch, accumulated, tidied,
    decode, mknod, cached, notCached, pruned,
  ]

  static let name = Parameter.required("name", .string, "Absolute path.")
  static let source = Parameter.optional(
    "source", .any, "Where the content comes from; of a list the first that is there.")
  static let sourceHash = Parameter.optional(
    "source_hash", .any, "The digest the source has to have, or a file with digests; not for `salt://`.")
  static let sourceHashName = Parameter.optional(
    "source_hash_name", .string, "The name under which the digest stands in such a file.")
  static let user = Parameter.optional("user", .any, "Name or number of the owner.")
  static let group = Parameter.optional("group", .any, "Name or number of the group.")
  static let template = Parameter.optional("template", .string, "`jinja` renders the content first.")
  static let makedirs = Parameter.optional(
    "makedirs", .bool, default: false, "Make directories that are missing above.")
  static let dirMode = Parameter.optional("dir_mode", .any, "Permission bits of directories that are made.")
  static let templateContext = Parameter.optional("context", .any, "Variables of the template.")
  static let defaults = Parameter.optional("defaults", .any, "Variables of the template that `context` may replace.")
  static let backup = Parameter.optional(
    "backup", .any, default: "", "`minion` keeps the file as it was below the minion's cache.")
  static let showChanges = Parameter.optional("show_changes", .bool, default: true, "False hides the diff.")
  static let more = Parameter.keywords("kwargs", "Taken as in Salt.")
}
