/// Where Brine answers otherwise than Salt, and in what.
enum FileStateDeviation {
  case comment, changes, files

  static let all: [String: Set<FileStateDeviation>] = [:]
}
