import Value

/// One line of group(5).
struct GroupEntry: Sendable, Hashable {
  var name: String
  var password: String
  var gid: UInt32
  var members: [String]

  /// Nil for a line that is not a group: a comment, a NIS entry, a broken line.
  init?(line: String) {
    let fields = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 4, let first = fields[0].utf8.first, !"+-#".utf8.contains(first),
      let gid = UInt32(fields[2])
    else { return nil }
    name = fields[0]
    password = fields[1]
    self.gid = gid
    members = fields[3].split(separator: ",").map(String.init)
  }

  /// What `group.info` returns.
  var value: Value {
    [
      "name": .string(name), "passwd": .string(PasswordMask.masked(password)), "gid": .integer(gid),
      "members": .strings(members),
    ]
  }
}
