import Functions
import Value

/// Users and groups as arguments of `file.*`: a name or a number.
struct FileOwner: Sendable {
  private let database: AccountDatabase

  init(_ context: FunctionContext) throws(FunctionError) { database = try AccountDatabase(context) }

  /// The number of a user; nil for null and an empty name (leave it), an error for an unknown one.
  func uid(_ value: Value) async throws -> UInt32? {
    let text = value.isNull ? "" : value.description
    if text.isEmpty { return nil }
    if value.intValue == nil, let user = try await database.user(named: AccountName.existing(text, "user")) {
      return user.uid
    }
    guard let number = UInt32(text), number < .max else {
      throw FunctionError(.notFound, "There is no user '\(text)'.", hint: "user.add makes one.")
    }
    return number
  }

  /// The number of a group; nil for null and an empty name (leave it), an error for an unknown one.
  func gid(_ value: Value) async throws -> UInt32? {
    let text = value.isNull ? "" : value.description
    if text.isEmpty { return nil }
    if value.intValue == nil, let group = try await database.group(named: AccountName.existing(text, "group")) {
      return group.gid
    }
    guard let number = UInt32(text), number < .max else {
      throw FunctionError(.notFound, "There is no group '\(text)'.", hint: "group.add makes one.")
    }
    return number
  }

  /// The name of a user, or the number where there is none.
  func user(_ uid: UInt32) async throws -> Value { try await database.userName(uid).map(Value.string) ?? .integer(uid) }

  /// The name of a group, or the number where there is none.
  func group(_ gid: UInt32) async throws -> Value {
    try await database.groupName(gid).map(Value.string) ?? .integer(gid)
  }
}
