import Glibc
import HostSystem
import OrderedCollections
import Testing
import Value

/// One case of `Tests/StatesTests/Cases`: a tree, a call, and what Salt 3008 answered. See the README there.
struct StateCase: Sendable, CustomTestStringConvertible {
  var name: String
  var data: Value

  var testDescription: String { name }

  var expected: ValueMap { data["expect"]?.mapValue ?? [:] }
  var runs: [String] {
    let runs = data["runs"]?.listValue?.map(\.description) ?? ["test", "run", "second"]
    return data["call"]?["kwargs"]?["test"] == nil ? runs : runs.filter { $0 != "test" }
  }

  /// This file may be seen through a link; the cases lie beside the real one.
  static let directory: String = {
    guard let real = realpath(#filePath, nil) else { return "" }
    defer { free(real) }
    let parts = String(cString: real).split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/StatesTests/Cases"
  }()

  /// All cases by folder and file; those alone whose path has the text of the environment variable `STATE_CASE`.
  static let all: [StateCase] = {
    let only = getenv("STATE_CASE").map { String(cString: $0) }
    return paths(below: "").filter { path in only.map { path.contains($0) } ?? true }.map { path in
      let text = (try? HostFiles().readText("\(directory)/\(path)")) ?? ""
      return StateCase(name: path, data: (try? JSONParser.parse(text)) ?? .null)
    }
  }()

  private static func paths(below folder: String) -> [String] {
    HostFiles().entriesIfPresent("\(directory)/\(folder)").flatMap { name -> [String] in
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      if HostFiles().isDirectory("\(directory)/\(path)") { return paths(below: path) }
      return name.hasSuffix(".json") ? [path] : []
    }
  }
}
