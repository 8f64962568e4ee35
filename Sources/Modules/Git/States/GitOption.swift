import Functions
import HostSystem
import OrderedCollections
import Value

/// One `git.config_set` or `git.config_unset`.
struct GitOption {
  private let name: String
  private let arguments: Arguments
  private let configuration: GitConfiguration
  private let isTest: Bool
  private let isGlobal: Bool

  init(_ arguments: Arguments, _ context: StateContext) async throws {
    self.arguments = arguments
    name = arguments.string("name")
    isTest = context.isTest
    isGlobal = arguments.bool("global")
    let account = try await GitProgram.account(arguments.optionalString("user"), context.functions)
    configuration = try GitConfiguration(
      GitProgram(context.functions, account: account), directory: arguments.optionalString("repo"), isGlobal: isGlobal,
      missing: "Non-global config options require the 'repo' argument to be set")
  }

  func set() async throws -> StateResult {
    let isSeveral = arguments.isGiven("multivar")
    guard !isSeveral || !arguments.isGiven("value") else {
      return StateResult(false, "Only one of 'value' and 'multivar' is permitted")
    }
    guard isSeveral || arguments.isGiven("value") else {
      return StateResult(false, "One of 'value' and 'multivar' is required")
    }
    let wanted = isSeveral ? arguments.strings("multivar") : [arguments.string("value")]
    let shown = isSeveral ? PythonText.repr(.strings(wanted)) : "'\(wanted[0])'"
    let subject = "\(isGlobal ? "Global key " : "")'\(name)'"
    let present = try await configuration.values(name)
    guard present != wanted else { return StateResult(true, "\(subject) is already set to \(shown)") }
    let old: Value = present.map { .strings($0) } ?? .null
    let words = present == nil ? "added as" : "set to"
    if isTest {
      return StateResult(
        nil, "\(subject) would be \(words) \(shown)", changes: ["old": old, "new": .strings(wanted)])
    }
    do { try await configuration.set(name, wanted) } catch let error as GitError {
      return StateResult(
        false, "Failed to set \(isGlobal ? "global key " : "")'\(name)' to \(shown): \(error.text)")
    }
    let now = try await configuration.values(name) ?? []
    let changes: ValueMap = [.string(name): ["old": old, "new": .strings(now)]]
    guard now == wanted else {
      return StateResult(false, "Failed to set \(isGlobal ? "global key " : "")'\(name)' to \(shown)", changes: changes)
    }
    return StateResult(true, "\(subject) was \(words) \(shown)", changes: changes)
  }

  func unset() async throws -> StateResult {
    let pattern = arguments.optionalString("value_regex")
    let key = "^" + name.drop { $0 == "^" }.reversed().drop { $0 == "$" }.reversed() + "$"
    let found = try await configuration.values(matching: key, value: pattern)
    guard !found.isEmpty else { return StateResult(true, "No matching keys are set") }
    let isAll = arguments.bool("all")
    let several = found.filter { $0.value.count > 1 }.map { "\($0.key) (\($0.value.joined(separator: ", ")))" }
    if !isAll, !several.isEmpty {
      let lead =
        pattern == nil
        ? "Multivar(s) matched by the key expression"
        : "Multiple values are matched by value_regex for the following keys"
      return StateResult(
        false, "\(lead) (set 'all' to True to force removal): \(several.joined(separator: "; "))")
    }
    if isTest {
      return StateResult(nil, "\(found.count) key(s) would have value(s) unset", changes: Self.map(found))
    }
    let before = try await configuration.values(matching: key, value: nil)
    var failed: [String] = []
    for key in found.keys {
      do { try await configuration.unset(key, value: pattern, isAll: isAll) } catch {
        failed.append("\(key): \(GitReport.reason(error))")
      }
    }
    guard failed.isEmpty else {
      return StateResult(
        false, "Error(s) occurred unsetting values for the following keys: \(failed.joined(separator: ", "))")
    }
    let after = try await configuration.values(matching: key, value: nil)
    var changes: OrderedDictionary<String, [String]> = [:]
    for (key, values) in before {
      let gone = values.filter { !(after[key] ?? []).contains($0) }
      if !gone.isEmpty { changes[key] = gone }
    }
    return StateResult(true, "Value(s) successfully unset", changes: Self.map(changes))
  }

  private static func map(_ found: OrderedDictionary<String, [String]>) -> ValueMap {
    ValueMap(found.map { (.string($0.key), .strings($0.value)) }, uniquingKeysWith: { $1 })
  }
}
