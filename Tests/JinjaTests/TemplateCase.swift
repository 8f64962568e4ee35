import Glibc
import Testing
import Value

/// One case of the library in `Cases`: a template and what Salt made of it.
struct TemplateCase: Sendable, CustomTestStringConvertible {
  /// The file and the number within it.
  let name: String
  let template: String
  let context: ValueMap
  let files: [String: String]
  let options: Value?
  let sls: String?
  let expected: Expectation

  enum Expectation: Sendable {
    case text(String)
    case error(line: Int?, file: String?)
  }

  var testDescription: String { name }

  init?(_ value: Value, name: String) {
    guard let template = value["template"].flatMap(Self.text), let expected = value["expect"] else { return nil }
    self.name = name
    self.template = template
    context = value["context"]?.mapValue ?? [:]
    var files: [String: String] = [:]
    for (path, text) in value["files"]?.mapValue ?? [:] { files[path.stringValue ?? ""] = Self.text(text) }
    self.files = files
    options = value["options"]
    sls = value["sls"]?.stringValue
    if let text = Self.text(expected) {
      self.expected = .text(text)
    } else {
      let error = expected["error"]
      self.expected = .error(line: error?["line"]?.intValue.map(Int.init), file: error?["file"]?.stringValue)
    }
  }

  /// A string as it is, or lines.
  private static func text(_ value: Value) -> String? {
    value.stringValue ?? value.listValue.map { $0.map { ($0.stringValue ?? "") + "\n" }.joined() }
  }

  /// All cases but those in `calls`: they need Salt's functions, which stand above this target.
  static let all: [TemplateCase] = {
    let root = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/Cases"
    var cases: [TemplateCase] = []
    for folder in entries(root) where folder != "calls" && !folder.contains(".") {
      for file in entries("\(root)/\(folder)") where file.hasSuffix(".json") {
        guard let text = contents("\(root)/\(folder)/\(file)"), let value = try? JSONParser.parse(text) else {
          continue
        }
        for (index, value) in (value.listValue ?? [value]).enumerated() {
          if let made = TemplateCase(value, name: "\(folder)/\(file)#\(index)") { cases.append(made) }
        }
      }
    }
    return cases
  }()

  private static func entries(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func contents(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
