/// The comment field of an account: five parts with commas between them.
struct Gecos: Sendable, Hashable {
  var fullName: String
  var roomNumber: String
  var workPhone: String
  var homePhone: String
  var other: String

  init(_ text: String) {
    var parts = text.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
    parts += Array(repeating: "", count: 5 - parts.count)
    (fullName, roomNumber, workPhone, homePhone, other) = (parts[0], parts[1], parts[2], parts[3], parts[4])
  }

  /// The field as it stands in passwd(5), without commas at the end.
  var text: String {
    var text = [fullName, roomNumber, workPhone, homePhone, other].joined(separator: ",")
    while text.last == "," { text.removeLast() }
    return text
  }
}
