import HostSystem

/// The letters that find(1) and `file.find` use for types of files.
enum FileKindLetter {
  private static let letters: [(Character, FileStatus.Kind)] = [
    ("b", .block), ("c", .char), ("d", .dir), ("f", .file), ("l", .link), ("p", .pipe), ("s", .socket),
  ]

  static func kind(of letter: Character) -> FileStatus.Kind? { letters.first { $0.0 == letter }?.1 }
  static func letter(of kind: FileStatus.Kind) -> String { letters.first { $0.1 == kind }.map { String($0.0) } ?? "?" }
}
