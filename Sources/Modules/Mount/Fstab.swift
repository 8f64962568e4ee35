import Functions
import HostSystem
import Value

/// An fstab on disk.
struct Fstab: Sendable {
  /// File systems whose device says little: they are found by their mount point.
  private static let special: Set<String> = [
    "none", "tmpfs", "sysfs", "proc", "fusectl", "debugfs", "securityfs", "devtmpfs", "cgroup", "nfs", "nfs4",
    "glusterfs", "btrfs", "ceph",
  ]

  let path: String
  private let context: FunctionContext

  init(_ path: String, _ context: FunctionContext) throws(FunctionError) {
    self.path = try AbsolutePath.check(path, "config")
    self.context = context
  }

  var exists: Bool { context.files.isFile(path) }

  func read() throws -> FstabFile {
    guard exists else { throw FunctionError(.notFound, "Bad config file \"\(path)\"") }
    return FstabFile(parsing: try context.files.readText(path, limit: 1 << 20))
  }

  /// Has an entry in the file; only tells what would be done under `test=True`.
  func set(_ entry: FstabEntry, matchOn: Value, isKept: Bool = false) throws -> FstabFile.Outcome {
    for (name, text) in [("name", entry.name), ("device", entry.device), ("fstype", entry.type)] where text.isEmpty {
      throw FunctionError(.badArguments, "'\(name)' of an entry of fstab may not be empty.")
    }
    for text in [entry.name, entry.device, entry.type, entry.dump, entry.pass] + entry.options {
      guard !text.utf8.contains(0), !text.contains(where: \.isNewline) else {
        throw FunctionError(.badArguments, "An entry of fstab is one line.")
      }
    }
    for text in [entry.type, entry.dump, entry.pass] where text.contains(where: \.isWhitespace) {
      throw FunctionError(.badArguments, "'\(text)' holds a blank, which parts the fields of fstab.")
    }
    let fields = try Self.fields(matchOn, type: entry.type)
    var file = try read()
    let outcome = file.set(entry, matching: fields, isKept: isKept)
    if outcome != .present, !context.isTest { try context.files.write(path, text: file.text) }
    return outcome
  }

  /// - Returns: whether there was one.
  func remove(_ name: String, device: String?) throws -> Bool {
    var file = try read()
    guard file.remove(name, device: device) else { return false }
    if !context.isTest { try context.files.write(path, text: file.text) }
    return true
  }

  private static func fields(_ matchOn: Value, type: String) throws -> [FstabEntry.Field] {
    let names = matchOn.listValue?.map(\.description) ?? [matchOn.isNull ? "auto" : matchOn.description]
    if names == ["auto"] { return special.contains(type) ? [.name] : [.device] }
    return try names.map { name in
      guard let field = FstabEntry.Field(rawValue: name) else {
        throw FunctionError(
          .badArguments, "Unrecognized keys in match_on: \"\(name)\"",
          hint: "There are \(FstabEntry.Field.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      return field
    }
  }
}
