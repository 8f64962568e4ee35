import Functions
import HostSystem
import OrderedCollections
import Value

extension RepositoryKeys {
  /// The files apt takes keys from: of a directory, or of the host's trusted ones.
  func keyFiles(in directory: String?) -> [String] {
    let files = context.files
    let directory = directory ?? Self.trusted
    let names = files.entriesIfPresent(directory).map { "\(directory)/\($0)" }
    let old = directory == Self.trusted ? ["/etc/apt/trusted.gpg"] : []
    return (old + names).filter { files.isFile($0) && ($0.hasSuffix(".gpg") || $0.hasSuffix(".asc")) }
  }

  /// What gpg says of the keys in these files, by their long ids.
  func list(_ paths: [String]) async throws -> ValueMap {
    guard context.commands.which("gpg") != nil else { throw Self.noGPG }
    var keys: ValueMap = [:]
    for path in paths {
      let words = ["gpg", "--batch", "--no-tty", "--with-colons", "--show-keys", "--", context.files.resolve(path)]
      let result = try await context.commands.runParsed(words)
      // What is no key is passed over, as apt does.
      guard result.isSuccess else { continue }
      keys.merge(RepositoryKeyList.parse(result.outputLines)) { $1 }
    }
    return keys
  }

  /// The first file with a key of this id.
  func file(of id: String, in directory: String?) -> String? {
    keyFiles(in: directory).first { path in
      guard let bytes = try? context.files.read(path, limit: OpenPGPKey.limit) else { return false }
      return (try? OpenPGPKey(bytes, from: path))?.has(id) == true
    }
  }

  /// Removes the file with a key of this id.
  ///
  /// - Returns: its path.
  @discardableResult
  func remove(_ id: String, in directory: String?) throws -> String {
    guard OpenPGPKey.isID(id) else {
      throw FunctionError(.badArguments, "'\(id.shownOnOneLine)' is no key id.")
    }
    guard let path = file(of: id, in: directory) ?? (directory == nil ? file(of: id, in: Self.directory) : nil) else {
      throw FunctionError(.notFound, "No key file has a key \(id).")
    }
    if !context.isTest { try context.files.remove(path) }
    return path
  }
}
