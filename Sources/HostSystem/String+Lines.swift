extension StringProtocol {
  /// The lines without `\n` or `\r\n`; no empty one after a last newline.
  public func splitLines() -> [String] {
    let newline = UInt8(ascii: "\n")
    var lines = Array(utf8).split(separator: newline, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Without white space at both ends.
  public func trimmed() -> String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The fields between runs of white space, as awk splits.
  public func fields() -> [String] { split { $0.isWhitespace }.map { String($0) } }
}
