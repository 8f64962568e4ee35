import Functions
import HostSystem
import OrderedCollections
import Value

/// The attributes of the file system that a state asks for (`attrs`), by lsattr(1) and chattr(1).
struct FileAttributeFlags: Sendable {
  /// All that chattr(1) can set.
  private static let known = Set("aAcCdDeFijmPsStTux")

  private let wanted: String
  private let context: FunctionContext

  /// Nil when nothing is asked for.
  init?(_ value: Value, _ context: FunctionContext) throws {
    guard !value.isNull else { return nil }
    wanted = value.description
    self.context = context
    if let letter = wanted.first(where: { !Self.known.contains($0) }) {
      throw StateRefusal("attrs: '\(letter)' is no attribute of chattr(1)")
    }
  }

  /// Makes it so and returns Salt's `{old, new}`; nil when it is so already. Under test nothing is changed.
  func enforce(_ path: String) async throws -> Value? {
    guard context.commands.which("lsattr") != nil, context.commands.which("chattr") != nil else {
      throw StateRefusal("attrs: this host has no lsattr(1) and chattr(1); they are in the package e2fsprogs")
    }
    let old = try await current(path)
    // "e" (extents) cannot be taken away.
    let target = Set(wanted).union(old.filter { $0 == "e" })
    let (added, removed) = (target.subtracting(old), Set(old).subtracting(target))
    guard !added.isEmpty || !removed.isEmpty else { return nil }
    if !context.isTest {
      for (sign, letters) in [("+", added), ("-", removed)] where !letters.isEmpty {
        let result = try await context.commands.run(
          Command("chattr", sign + String(letters.sorted()), "--", context.files.resolve(path)))
        guard result.isSuccess else {
          throw StateRefusal("Failed to change attributes to \(wanted): \(result.errorText.trimmed())")
        }
      }
    }
    return ["old": .string(old), "new": .string(wanted)]
  }

  private func current(_ path: String) async throws -> String {
    let result = try await context.commands.run(Command("lsattr", "-d", "--", context.files.resolve(path)))
    guard result.isSuccess, let word = result.outputText.fields().first else {
      throw StateRefusal("attrs: the file system of \(path) has no attributes: \(result.errorText.trimmed())")
    }
    return word.filter { $0 != "-" }
  }
}
