/// The standard library's names for what `_StringProcessing` does, by bytes: that library, the grammar of its regular
/// expressions and its tables of Unicode are a tenth of a minion's program. These stand before it wherever `Value` is seen.
extension StringProtocol {
  /// Whether the text stands somewhere in this one; an empty one does.
  @_disfavoredOverload
  public func contains(_ text: String) -> Bool { offset(of: text, from: 0) != nil }

  /// Whether the text stands somewhere in this one; an empty one does.
  @_disfavoredOverload
  public func contains(_ text: Substring) -> Bool { offset(of: text, from: 0) != nil }

  /// Where the text stands first.
  public func firstRange(of text: some StringProtocol) -> Range<Index>? {
    guard let offset = offset(of: text, from: 0) else { return nil }
    let start = utf8.index(startIndex, offsetBy: offset)
    return start..<utf8.index(start, offsetBy: text.utf8.count)
  }

  /// This text with another one in the place of each occurrence. Nothing is put in the place of an empty text.
  public func replacing(_ text: some StringProtocol, with replacement: some StringProtocol) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: String(replacement))
  }

  /// The parts between the separators; an empty one never splits.
  @_disfavoredOverload
  public func split(
    separator: some StringProtocol, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [SubSequence] {
    let length = separator.utf8.count
    var parts: [SubSequence] = []
    var start = startIndex
    var (splits, from) = (0, 0)
    while length > 0, splits < maxSplits, let offset = offset(of: separator, from: from) {
      let end = utf8.index(start, offsetBy: offset - from)
      if end > start || !omittingEmptySubsequences {
        parts.append(self[start..<end])
        splits += 1
      }
      start = utf8.index(end, offsetBy: length)
      from = offset + length
    }
    if start < endIndex || !omittingEmptySubsequences { parts.append(self[start...]) }
    return parts
  }

  /// The offset in bytes of the first occurrence at or after `start`.
  private func offset(of text: some StringProtocol, from start: Int) -> Int? {
    withBytes { bytes in text.withBytes { ByteSearch.index(of: $0, in: bytes, from: start) } }
  }

  fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) } ?? Array(utf8).withUnsafeBytes(body)
  }
}
