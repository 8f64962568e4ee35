public import Functions
import OrderedCollections
import Value

/// States `kmod.*`.
public enum KmodStates {
  public static let all: [StateFunction] = [present, absent]

  private static let name = Parameter.required("name", .string, "The module; any text where `mods` names them.")
  private static let persist = Parameter.optional(
    "persist", .bool, default: false,
    "Also at boot: /etc/modules-load.d/salt_managed.conf with systemd, else /etc/modules.")
  private static let mods = Parameter.optional("mods", .list, "Several modules.")

  private static let present = StateFunction(
    "kmod.present", "Has kernel modules loaded.", details: "Changes are `{module: loaded}`.",
    parameters: [name, persist, mods]
  ) { arguments, context in
    let modules = KernelModules(context.functions)
    let wanted = wanted(arguments)
    let isPersistent = arguments.bool("persist")
    let persistent = Set(modules.persistent())
    let loaded = modules.loaded().filter { !isPersistent || persistent.contains($0) }
    let there = wanted.filter(loaded.contains)
    var comment: [String] = []
    if !there.isEmpty { comment.append("\(noun(there)) \(there.count > 1 ? "are" : "is") already present") }
    if there.count == wanted.count { return StateResult(true, comment.joined(separator: "\n")) }
    var rest = wanted.filter { !there.contains($0) }
    if context.isTest {
      comment.append("\(noun(rest)) \(rest.count > 1 ? "are" : "is") set to be loaded")
      return StateResult(nil, comment.joined(separator: "\n"))
    }
    let available = Set(modules.available())
    let missing = rest.filter { !available.contains($0) }
    if !missing.isEmpty { comment.append("\(noun(missing)) \(missing.count > 1 ? "are" : "is") unavailable") }
    rest.removeAll(where: missing.contains)
    return try await changed(rest, "loaded", ("Loaded", "load"), comment, isFine: missing.isEmpty) { module in
      try await modules.load(module, isPersistent: isPersistent)
    }
  }

  private static let absent = StateFunction(
    "kmod.absent", "Has kernel modules not loaded.", details: "Changes are `{module: removed}`.",
    parameters: [
      name, persist,
      .optional("comment", .bool, default: true, "In the boot file a line is made a comment instead of removed."),
      mods,
    ]
  ) { arguments, context in
    let modules = KernelModules(context.functions)
    let wanted = wanted(arguments)
    let isPersistent = arguments.bool("persist")
    let there = Set(modules.loaded() + (isPersistent ? modules.persistent() : []))
    let present = wanted.filter(there.contains)
    guard !present.isEmpty else {
      return StateResult(true, "\(noun(wanted)) \(wanted.count > 1 ? "are" : "is") already removed")
    }
    if context.isTest {
      return StateResult(nil, "\(noun(present)) \(present.count > 1 ? "are" : "is") set to be removed")
    }
    return try await changed(present, "removed", ("Removed", "remove"), [], isFine: true) { module in
      try await modules.remove(module, isPersistent: isPersistent, isCommented: arguments.bool("comment"))
    }
  }

  private static func wanted(_ arguments: Arguments) -> [String] {
    arguments.isGiven("mods") ? arguments.strings("mods") : [arguments.string("name")]
  }

  private static func noun(_ modules: [String], _ word: String = "Kernel module") -> String {
    "\(word)\(modules.count > 1 ? "s" : "") \(modules.joined(separator: ", "))"
  }

  /// Does something to each module; a module that came with one before counts as done.
  private static func changed(
    _ modules: [String], _ word: String, _ verb: (done: String, infinitive: String), _ comment: [String], isFine: Bool,
    _ body: (String) async throws -> Value
  ) async throws -> StateResult {
    var result = StateResult(isFine, "")
    var (done, undone, failures) = ([String](), [String](), [String]())
    for module in modules {
      guard result.changes[module] == nil else {
        done.append(module)
        continue
      }
      switch try await body(module) {
      case .list(let changed) where !changed.isEmpty:
        for name in changed { result.changes[name] = .string(word) }
        done.append(module)
      case .list: undone.append(module)
      case let problem: failures.append("Failed to \(verb.infinitive) kernel module \(module): \(problem)")
      }
    }
    var comment = comment
    if !done.isEmpty { comment.append(noun(done, "\(verb.done) kernel module")) }
    if !undone.isEmpty { comment.append(noun(undone, "Failed to \(verb.infinitive) kernel module")) }
    comment += failures
    if !undone.isEmpty || !failures.isEmpty { result.result = false }
    result.comment = comment.joined(separator: "\n")
    return result
  }
}
