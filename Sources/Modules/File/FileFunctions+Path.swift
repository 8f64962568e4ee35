import Functions
import Value

extension FileFunctions {
  /// Work on the text of paths; nothing is looked up.
  static let paths = [basename, dirname, join, normpath]

  private static let text = Parameter.required("path", .string, "A path; need not exist, nor be absolute.")

  private static let basename = Function.guarded(
    "file.basename", "Returns what stands after the last slash of a path.",
    details: "Empty for a path that ends in a slash. Example: `brine run web1 file.basename /etc/nginx/nginx.conf`",
    effect: .read, parameters: [text]
  ) { arguments, _ in .string(PathText.basename(arguments.string("path"))) }

  private static let dirname = Function.guarded(
    "file.dirname", "Returns what stands before the last slash of a path.",
    details: "Example: `brine run web1 file.dirname /etc/nginx/nginx.conf`", effect: .read, parameters: [text]
  ) { arguments, _ in .string(PathText.dirname(arguments.string("path"))) }

  private static let join = Function.guarded(
    "file.join", "Joins parts to a path.",
    details: "A part that begins with a slash starts anew. Example: `brine run web1 file.join /etc nginx conf.d`",
    effect: .read, parameters: [.variadic("args", .string, "The parts.")]
  ) { arguments, _ in .string(PathText.joined(arguments.strings("args"))) }

  private static let normpath = Function.guarded(
    "file.normpath", "Returns a path without `.`, `..` and double slashes.",
    details: "Links are not looked at. Example: `brine run web1 file.normpath /etc/../srv//app/.`", effect: .read,
    parameters: [text]
  ) { arguments, _ in .string(PathText.normalized(arguments.string("path"))) }
}
