import Functions
import HostSystem
import OrderedCollections
import Value

/// One `ssh_auth.*` on one user.
struct SSHAuthRun: Sendable {
  private let context: StateContext
  private let authorized: AuthorizedKeys
  private let user: String
  private let type: String
  private let comment: String
  private let options: [String]
  private let source: String

  init(_ arguments: Arguments, _ context: StateContext) throws {
    self.context = context
    authorized = try AuthorizedKeys(arguments, context.functions)
    user = arguments.string("user")
    type = arguments.string("enc")
    comment = arguments.string("comment")
    options = SSHFunctions.options(arguments["options"])
    source = arguments.string("source")
  }

  func present(_ name: String) async throws -> StateResult {
    if !source.isEmpty { return try await presentFromSource(name) }
    let key = try wish(name)
    if context.isTest {
      switch try await authorized.check(key, of: user) {
      case "update": return StateResult(nil, "Key \(key.key) for user \(user) is set to be updated")
      case "add": return StateResult(nil, "Key \(key.key) for user \(user) is set to be added")
      default:
        return StateResult(true, "The authorized host key \(key.key) is already present for user \(user)")
      }
    }
    return result(try await authorized.set(key, of: user), key.key)
  }

  func absent(_ name: String) async throws -> StateResult {
    if !source.isEmpty { return try await absentFromSource(name) }
    let key = try wish(name)
    if context.isTest {
      guard try await authorized.check(key, of: user) != "add" else {
        return StateResult(true, "Key is already absent")
      }
      return StateResult(nil, "Key \(key.key) for user \(user) is set for removal")
    }
    let word = try await authorized.remove(key.key, of: user)
    return StateResult(true, word, changes: word == "Key removed" ? [.string(key.key): "Removed"] : [:])
  }

  func manage(_ keys: [String]) async throws -> StateResult {
    var result = StateResult(true, "")
    // A line may have its type, options and comment before and after the key.
    let wanted = Set(keys.flatMap { $0.fields() })
    var isSeen: Set<String> = []
    for present in try await authorized.keys(of: user)?.keys ?? [] {
      guard !wanted.contains(present.key), isSeen.insert(present.key).inserted else { continue }
      if context.isTest {
        result.comment = "\(present.key) Key set for removal"
        result.result = nil
      } else {
        result.changes[.string(present.key)] = .string(try await authorized.remove(present.key, of: user))
      }
    }
    for key in keys {
      let one = try await present(key)
      if one.changes.isEmpty {
        result.comment = "\(result.comment)\n\(one.comment)".trimmed()
      } else {
        result.changes.merge(one.changes) { $1 }
      }
      if one.result == nil { result.result = nil }
      if one.result == false { result.result = false }
    }
    return result
  }

  // MARK: From a file

  private func presentFromSource(_ name: String) async throws -> StateResult {
    let keys = try await authorized.keys(ofSource: source, environment: context.environment)
    guard let keys else {
      return StateResult(false, "Failed to add the ssh key. Source file \(source) is missing")
    }
    guard !keys.isEmpty else { return noKeys }
    if context.isTest {
      let lines = try await checked(keys).filter { $0.status != "exists" }.map { "Set to \($0.status): \($0.key)\n" }
      guard lines.isEmpty else { return StateResult(nil, lines.joined()) }
      return StateResult(true, "All host keys in file \(source) are already present")
    }
    return result(try await SSHFunctions.set(keys, options: options, of: user, authorized), name)
  }

  private func absentFromSource(_ name: String) async throws -> StateResult {
    let keys = try await authorized.keys(ofSource: source, environment: context.environment)
    guard let keys else {
      return StateResult(false, "Failed to remove the ssh key. Source file \(source) is missing")
    }
    guard !keys.isEmpty else { return noKeys }
    if context.isTest {
      let lines = try await checked(keys).filter { $0.status != "add" }.map { "Set to remove: \($0.key)\n" }
      guard lines.isEmpty else { return StateResult(nil, lines.joined()) }
      return StateResult(true, "All host keys in file \(source) are already absent")
    }
    let word = try await SSHFunctions.remove(keys, of: user, authorized)
    return StateResult(true, word, changes: word == "Key removed" ? [.string(name): "Removed"] : [:])
  }

  private var noKeys: StateResult {
    StateResult(false, "No keys detected in \(source). Is file properly formatted?")
  }

  private func checked(_ keys: [AuthorizedKey]) async throws -> [(key: String, status: String)] {
    var found: [(key: String, status: String)] = []
    for var key in keys {
      if !options.isEmpty { key.options = options }
      found.append((key.key, try await authorized.check(key, of: user)))
    }
    return found
  }

  private func wish(_ name: String) throws -> AuthorizedKey {
    guard !name.trimmed().isEmpty else { throw StateRefusal("No key is given: 'name' is empty") }
    return try AuthorizedKeyWish.read(name, type: type, comment: comment, options: options)
  }

  private func result(_ word: String, _ name: String) -> StateResult {
    let subject = "The authorized host key \(name)"
    switch word {
    case "new":
      return StateResult(true, "\(subject) for user \(user) was added", changes: [.string(name): "New"])
    case "replace":
      return StateResult(true, "\(subject) for user \(user) was updated", changes: [.string(name): "Updated"])
    case "no change": return StateResult(true, "\(subject) is already present for user \(user)")
    case "fail":
      return StateResult(
        false,
        "Failed to add the ssh key. Is the home directory available, and/or does the key file exist?")
    default:
      return StateResult(false, "Invalid public ssh key, most likely has spaces or invalid syntax")
    }
  }
}
