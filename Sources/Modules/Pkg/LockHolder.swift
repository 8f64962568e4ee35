/// Who holds a package lock, as far as the tool said so.
struct LockHolder: Sendable, Hashable, CustomStringConvertible {
  var processID: Int32?
  var program: String?

  var description: String {
    switch (processID, program) {
    case (let id?, let program?): "process \(id) (\(program))"
    case (let id?, nil): "process \(id)"
    case (nil, let program?): program
    case (nil, nil): "another process"
    }
  }

  /// The number that follows a marker in a text (`held by process 812 (apt-get)`), with the name in brackets after it.
  init(in text: String, after marker: String) {
    guard let range = text.firstRange(of: marker) else { return }
    let rest = text[range.upperBound...].drop(while: { $0 == " " })
    let digits = rest.prefix(while: { $0.isASCII && $0.isNumber })
    processID = Int32(digits)
    let after = rest.dropFirst(digits.count).drop(while: { $0 == " " })
    if processID != nil, after.first == "(", let close = after.firstIndex(of: ")") {
      program = String(after[after.index(after: after.startIndex)..<close].prefix(40))
    }
  }
}
