import Functions
import HostSystem
import Value

/// The digest that a source has to have: `source_hash` in all its forms.
struct SourceHash: Sendable, Hashable {
  var kind: FileDigest
  var digits: String

  /// Reads `d41d…`, `md5=d41d…`, or the path or `salt://` address of a file with digests and names.
  static func parse(
    _ text: String, name: String?, file: String, source: String, _ finder: SourceFinder
  ) async throws -> SourceHash {
    if text.hasPrefix("/") || text.contains("://") {
      let path = try await finder.path(of: text)
      let lines = try finder.context.functions.files.readText(path).splitLines()
      guard let found = find(in: lines, name: name, file: file, source: source) else { throw refusal(text) }
      return found
    }
    if let sign = text.firstIndex(of: "=") {
      let word = text[..<sign].trimmed()
      let digits = text[text.index(after: sign)...].trimmed().lowercased()
      guard let kind = FileDigest(rawValue: word) else {
        let kinds = FileDigest.allCases.reversed().map(\.rawValue).joined(separator: ", ")
        throw StateRefusal(
          "Invalid hash type '\(word)'. Supported hash types are: \(kinds). Either remove the hash type and "
            + "simply use '\(digits)' as the source_hash, or change the hash type to a supported type.")
      }
      guard let other = FileDigest.allCases.first(where: { $0.length == digits.utf8.count }) else {
        throw refusal(text)
      }
      guard other == kind else {
        throw StateRefusal(
          "Invalid length (\(digits.utf8.count)) for hash type '\(word)'. Either remove the hash type and simply use "
            + "'\(digits)' as the source_hash, or change the hash type to '\(other.rawValue)'")
      }
      return SourceHash(kind: kind, digits: digits)
    }
    guard text.utf8.allSatisfy(isHexadecimal),
      let kind = FileDigest.allCases.first(where: { $0.length == text.utf8.count })
    else { throw refusal(text) }
    return SourceHash(kind: kind, digits: text.lowercased())
  }

  /// Refuses a file that has another digest.
  ///
  /// - Parameters:
  ///   - subject: what the refusal calls it.
  ///   - isHinting: say that the name of the digest may be wrong.
  func require(_ path: String, subject: String, isHinting: Bool, _ context: StateContext) async throws {
    let found = try await kind.digest(of: path, context.functions)
    guard found != digits else { return }
    let hint = """
      . If the 'source_hash' value refers to a remote file with multiple possible matches, then it may be necessary to \
      set 'source_hash_name'.
      """
    throw StateRefusal(
      "Specified \(kind.rawValue) checksum for \(subject) (\(digits)) does not match actual checksum (\(found))"
        + (isHinting ? hint : ""), isWhole: true)
  }

  /// The digest of a line that names what is wanted: `source_hash_name` first, then the file, then the source; else that
  /// of the first line that has one.
  private static func find(in lines: [String], name: String?, file: String, source: String) -> SourceHash? {
    let wanted = [name, file.isEmpty ? nil : PathText.basename(file), PathText.basename(source)]
    var found: [Int: SourceHash] = [:]
    var first: SourceHash?
    for line in lines.map({ $0.trimmed() }) {
      guard let hash = hash(in: line) else { continue }
      if first == nil { first = hash }
      for (index, word) in wanted.enumerated() {
        guard let word, !word.isEmpty, found[index] == nil, names(line, word) else { continue }
        found[index] = hash
      }
    }
    return wanted.indices.lazy.compactMap { found[$0] }.first ?? first
  }

  private static func names(_ line: String, _ word: String) -> Bool {
    if line.hasPrefix(word), line.dropFirst(word.count).first?.isWhitespace == true { return true }
    guard line.hasSuffix(word), let before = line.dropLast(word.count).last else { return false }
    return before.isWhitespace || "\\/*".contains(before)
  }

  private static func hash(in line: String) -> SourceHash? {
    for run in line.lowercased().split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) {
      guard (32...128).contains(run.utf8.count), run.utf8.allSatisfy(isHexadecimal) else { continue }
      guard let kind = FileDigest.allCases.first(where: { $0.length == run.utf8.count }) else { return nil }
      return SourceHash(kind: kind, digits: String(run))
    }
    return nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }

  private static func refusal(_ text: String) -> StateRefusal {
    let kinds = FileDigest.allCases.map { "\($0.rawValue) (\($0.length))" }.joined(separator: ", ")
    return StateRefusal(
      "Source hash \(text) format is invalid. It is a hash, TYPE=HASH, or the path or salt:// address of a file with "
        + "hashes. The hash types and lengths are: \(kinds).")
  }
}
