import Functions
import HostSystem
import OrderedCollections
import Value

/// A file whose text a state changes in places: read whole, written whole.
struct TextRewrite {
  static let limit = 64 << 20

  /// Where the file is, with a link followed.
  let target: String
  let bytes: [UInt8]
  private let context: FunctionContext

  init(_ path: String, _ context: FunctionContext) throws {
    self.context = context
    target = try context.files.writeTarget(path)
    guard context.files.isFile(target) else { throw StateRefusal("\(path) is not a regular file") }
    bytes = try context.files.read(target, limit: Self.limit)
  }

  /// The text of the file; a binary one is refused.
  func text() throws -> String {
    guard !ContentDifference.isBinary(bytes) else {
      throw StateRefusal("Cannot perform string replacements on a binary file: \(target)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StateRefusal("\(target) is not a text in UTF-8, so nothing is replaced in it.")
    }
    return text
  }

  /// Writes the text, after a copy of the file under its name with a suffix.
  func write(_ text: String, backupSuffix: String? = nil) throws {
    let files = context.files
    if let backupSuffix, !backupSuffix.isEmpty {
      guard !backupSuffix.contains("/"), !backupSuffix.utf8.contains(0) else {
        throw StateRefusal("'backup' is added to the file's name and cannot hold a slash")
      }
      try files.copyFile(target, to: target + backupSuffix)
    }
    try files.write(target, text: text)
  }

  /// The suffix that an argument `backup` asks for; nil for False and nothing.
  static func suffix(_ value: Value) -> String? {
    switch value {
    case .null, .bool(false), "": nil
    case .bool(true): ".bak"
    default: value.description
    }
  }

  /// Salt's answer of `file.line`, `replace` and `blockreplace`.
  static func result(_ diff: String, showsChanges: Bool, planned: String, _ context: StateContext) -> StateResult {
    guard !diff.isEmpty else { return StateResult(true, "No changes needed to be made") }
    let changes: ValueMap = ["diff": showsChanges ? .string(diff) : true]
    return context.isTest
      ? StateResult(nil, planned, changes: changes) : StateResult(true, "Changes were made", changes: changes)
  }
}
