/// One line of passwd(5).
struct PasswordEntry: Sendable, Hashable {
  var name: String
  /// `x` where a shadow file is used; otherwise a hash, so never shown as it is.
  var password: String
  var uid: UInt32
  var gid: UInt32
  var gecos: Gecos
  var home: String
  var shell: String

  /// Nil for a line that is not an account: a comment, a NIS entry (`+…`, `-…`), a broken line.
  init?(line: String) {
    let fields = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 7, let first = fields[0].utf8.first, !"+-#".utf8.contains(first),
      let uid = UInt32(fields[2]), let gid = UInt32(fields[3])
    else { return nil }
    name = fields[0]
    password = fields[1]
    self.uid = uid
    self.gid = gid
    gecos = Gecos(fields[4])
    home = fields[5]
    shell = fields[6]
  }
}
