public import Functions
import Glibc
import HostSystem
import Value

/// `temp.*`: files and directories of a name that nobody else has.
public enum TempFunctions {
  public static let all: [Function] = [
    make("temp.dir", "Makes a directory that only root can read.", isDirectory: true),
    make("temp.file", "Makes an empty file that only root can read.", isDirectory: false),
  ]

  private static func make(_ name: String, _ summary: String, isDirectory: Bool) -> Function {
    Function(
      name, summary, details: "Returns its path. Nobody removes it.", effect: .change,
      parameters: [
        .optional("suffix", .string, default: "", "The end of its name."),
        .optional("prefix", .string, default: "__salt.tmp.", "The beginning of its name."),
        .optional("parent", .string, "The directory that it is in; /tmp."),
      ]
    ) { arguments, context in
      let parent = try AbsolutePath.check(arguments.optionalString("parent") ?? "/tmp", "parent")
      let (prefix, suffix) = (arguments.string("prefix"), arguments.string("suffix"))
      guard !(prefix + suffix).contains("/") else {
        throw FunctionError(.badArguments, "A name has no slash in it.")
      }
      let letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
      let path = "\(parent)/\(prefix)\(String((0..<12).map { _ in letters.randomElement() ?? "x" }))\(suffix)"
      if context.isTest { return .string(path) }
      let place = context.files.resolve(path)
      let isMade: Bool
      if isDirectory {
        isMade = mkdir(place, 0o700) == 0
      } else {
        let descriptor = open(place, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        isMade = descriptor >= 0
        if isMade { close(descriptor) }
      }
      guard isMade else { throw FunctionError(.failed, HostError(errno: errno, "make", path).message) }
      return .string(path)
    }
  }
}
