import Glibc

/// The environment of this process as it was, so that a call that changes it can be undone: each run of a case is a
/// process of its own.
struct ProcessEnvironment {
  private let variables: [String: String]

  init() { variables = Self.current() }

  func restore() {
    let now = Self.current()
    for name in now.keys where variables[name] == nil { unsetenv(name) }
    for (name, value) in variables where now[name] != value { setenv(name, value, 1) }
  }

  private static func current() -> [String: String] {
    var found: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        found[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      next += 1
    }
    return found
  }
}
