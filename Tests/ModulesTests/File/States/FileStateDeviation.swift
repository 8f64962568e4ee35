/// Where Brine answers otherwise than Salt, in what, and why.
enum FileStateDeviation {
  case result, comment, changes, files

  static let all: [String: Set<FileStateDeviation>] = [
    // Salt 3008.3 ends in an exception here, against its own documentation.
    "managed: list of sources with maps": [.result, .comment, .changes, .files],
    "managed: new_file_diff source": [.result, .comment, .changes],
    // Salt predicts no change, then makes one.
    "managed: mode keep there": [.result, .comment, .changes],
    // Salt predicts a change, then makes none.
    "append: prepend header": [.result, .comment, .changes],
    "append: prepend header there": [.result, .comment, .changes],
    // Salt predicts a success, then fails.
    "managed: source_hash wrong": [.result, .comment, .changes],
    "managed: source_hash wrong, there": [.result, .comment, .changes],
    // Salt predicts a second time that the directory itself is made, as `/d/.`.
    "recurse: include_empty": [.comment, .changes],
    // Salt gives the reason in Python's words, or only in its log.
    "link: dir is there, force": [.comment],
    "pruned: not empty": [.changes],
    "append: source missing": [.comment],
  ]
}
