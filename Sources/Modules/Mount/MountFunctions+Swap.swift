import Functions
import HostSystem
import OrderedCollections
import Value

extension MountFunctions {
  static let swap = [swaps, swapOn, swapOff]

  private static let area = Parameter.required("name", .string, "The device or file.")

  private static let swaps = Function.guarded(
    "mount.swaps", "The swap in use.",
    details: """
      A map of devices and files, each with `type`, `size`, `used` and `priority`, all text.

      Example: `brine run '*' mount.swaps`
      """,
    effect: .inspect
  ) { _, context in
    .map(ValueMap(SwapArea.all(context.files).map { (.string($0.path), $0.value) }, uniquingKeysWith: { $1 }))
  }

  static let swapOn = Function.guarded(
    "mount.swapon", "Has a swap area in use.",
    details: """
      Returns `{stats, new}`; `new` is False when it was in use already. What swapon(8) says against it is an error.

      Example: `brine run web1 mount.swapon /swapfile`
      """,
    effect: .change, parameters: [area, .optional("priority", .int, "From -1 to 32767; higher ones are used first.")]
  ) { arguments, context in
    let name = try AbsolutePath.argument("name", of: arguments)
    if let area = area(name, context) { return ["stats": area.value, "new": false] }
    try context.stopIfTest("use \(name) for swap")
    var words = ["swapon"]
    if let priority = arguments.int("priority") { words += ["-p", String(priority)] }
    try await run(words + ["--", name], context)
    guard let area = area(name, context) else { return [:] }
    return ["stats": area.value, "new": true]
  }

  private static let swapOff = Function.guarded(
    "mount.swapoff", "Has a swap area in use no more.",
    details: """
      Returns True, or None when it was not in use. What swapoff(8) says against it is an error.

      Example: `brine run web1 mount.swapoff /swapfile`
      """,
    effect: .change, parameters: [area]
  ) { arguments, context in
    let name = try AbsolutePath.argument("name", of: arguments)
    guard area(name, context) != nil else { return .null }
    try context.stopIfTest("no longer use \(name) for swap")
    try await run(["swapoff", "--", name], context)
    return .bool(area(name, context) == nil)
  }

  private static func area(_ name: String, _ context: FunctionContext) -> SwapArea? {
    SwapArea.all(context.files).first { $0.path == name }
  }

  private static func run(_ words: [String], _ context: FunctionContext) async throws {
    let result = try await context.commands.runParsed(words)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "`\(words.joined(separator: " "))` ended with \(result.exitCode): \(result.errorText.trimmed())")
    }
  }
}
