import Glibc

/// The environment of this process.
enum ProcessVariables {
  static func all() -> [(String, String)] {
    var found: [(String, String)] = []
    var names: Set<String> = []
    var entry = environ
    while let text = entry.pointee {
      let line = String(cString: text)
      if let sign = line.firstIndex(of: "="), names.insert(String(line[..<sign])).inserted {
        found.append((String(line[..<sign]), String(line[line.index(after: sign)...])))
      }
      entry += 1
    }
    return found
  }
}
