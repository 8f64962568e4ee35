/// A text that is searched, kept as contiguous UTF-8 so that offsets are cheap.
struct Subject: Sendable {
  private let text: String
  let count: Int

  init(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    count = text.utf8.count
  }

  /// The text's UTF-8 while the body runs.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var copy = text
    let result = copy.withUTF8 { bytes -> Swift.Result<Result, Failure> in
      do throws(Failure) {
        return .success(try body(bytes))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  func text(_ range: Range<Int>) -> Substring {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return text[start..<utf8.index(start, offsetBy: max(range.count, 0))]
  }
}
