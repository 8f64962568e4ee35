import OrderedCollections
import Value

/// One line of shadow(5). The password field never leaves this type but masked, or to be compared.
struct ShadowEntry: Sendable {
  let name: String
  private let password: String
  /// Days; -1 where the field is empty.
  private let days: [Field: Int]

  /// The fields with days, under Salt's names, in the order of the line.
  enum Field: String, Sendable, CaseIterable {
    case lstchg, min, max, warn, inact, expire
  }

  init?(line: String) {
    let fields = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 2, let first = fields[0].utf8.first, !"+-#".utf8.contains(first) else { return nil }
    name = fields[0]
    password = fields[1]
    days = Dictionary(
      uniqueKeysWithValues: Field.allCases.enumerated().map { index, field in
        (field, fields.indices.contains(index + 2) ? Int(fields[index + 2]) ?? -1 : -1)
      })
  }

  subscript(_ field: Field) -> Int { days[field] ?? -1 }

  var isLocked: Bool { password.hasPrefix("!") }
  var isPasswordEmpty: Bool { password.isEmpty }

  func hasPassword(_ secret: Secret) -> Bool { Secret(password).isEqual(to: secret) }

  /// What `shadow.info` returns.
  var value: Value {
    var map: ValueMap = ["name": .string(name), "passwd": .string(PasswordMask.masked(password))]
    for field in Field.allCases { map[field.rawValue] = .integer(self[field]) }
    return .map(map)
  }

  /// What `shadow.info` returns for a user who has no entry.
  static var missing: Value {
    var map: ValueMap = ["name": "", "passwd": ""]
    for field in Field.allCases { map[field.rawValue] = "" }
    return .map(map)
  }
}
