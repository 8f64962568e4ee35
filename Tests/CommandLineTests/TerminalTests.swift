import CommandLine
import Dispatch
import Glibc
import Testing

@Suite struct TerminalTests {
  /// A pipe takes 64 KiB at a time; what is written is whole all the same.
  @Test func longTextsAreWrittenWhole() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (readEnd, writeEnd) = (ends[0], ends[1])
    let text = String(repeating: "héllo wörld\n", count: 40_000)
    DispatchQueue.global().async {
      Terminal.write(text, to: writeEnd)
      close(writeEnd)
    }
    let bytes = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 3000)
        while case let count = read(readEnd, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        continuation.resume(returning: bytes)
      }
    }
    close(readEnd)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(.enabled(if: isatty(STDOUT_FILENO) == 0))
  func aPipeIsNoTerminal() {
    #expect(!Terminal.isOutputTerminal)
    #expect(Terminal.width == 0)
    #expect(!Terminal.usesColor)
  }
}
