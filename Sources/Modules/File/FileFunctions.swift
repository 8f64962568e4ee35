public import Functions
import Value

/// `file.*`: files, directories and links of the host. Every path is absolute; what is written is written whole or not
/// at all.
public enum FileFunctions {
  public static let all: [Function] =
    existence + status + owners + digests + contents + writing + directories + links + placing + permissions + paths
    + edits + devices + comments + [find, blockreplace]

  static let path = Parameter.required("path", .string, "Absolute path.")
  static let followSymlinks = Parameter.optional(
    "follow_symlinks", .bool, default: true, "False looks at a link itself, not at what it leads to.")

  static func missing(_ path: String) -> FunctionError {
    FunctionError(
      .notFound, "There is no '\(path)'.", hint: "`brine run TARGET file.readdir DIRECTORY` shows what is there.")
  }
}
