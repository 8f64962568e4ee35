import Glibc
import OrderedCollections
import Value

/// The environment of this process, which the programs that it starts inherit.
enum EnvironmentVariables {
  static var all: ValueMap {
    var map: ValueMap = [:]
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        map[String(text[..<sign])] = .string(String(text[text.index(after: sign)...]))
      }
      pointer += 1
    }
    return map
  }

  static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Sets a variable, or removes it where the value is nil.
  ///
  /// - Returns: false for a name or a value that no environment can hold.
  static func set(_ name: String, to value: String?) -> Bool {
    guard !name.isEmpty, !name.contains("="), !name.utf8.contains(0), value?.utf8.contains(0) != true else {
      return false
    }
    guard let value else { return unsetenv(name) == 0 }
    return setenv(name, value, 1) == 0
  }
}
