import OpenSSL
import Testing

@Suite struct PEMBlockTests {
  @Test func comesBack() throws {
    for length in [0, 1, 2, 3, 47, 48, 49, 200] {
      let block = PEMBlock(label: "CERTIFICATE", der: (0..<length).map { UInt8(truncatingIfNeeded: $0 * 41) })
      #expect(try PEMBlock.all(in: Array(block.text.utf8)) == [block])
    }
  }

  @Test func findsAllBlocksAmongOtherText() throws {
    let text =
      "a: b\n-----BEGIN A-----\r\nAAEC\r\n-----END A-----\r\nbetween\n  -----BEGIN B C-----\n/w==\n-----END B C-----"
    let blocks = try PEMBlock.all(in: Array(text.utf8))
    #expect(blocks == [PEMBlock(label: "A", der: [0, 1, 2]), PEMBlock(label: "B C", der: [255])])
  }

  @Test(arguments: [
    "-----BEGIN A-----\nAAEC\n", "-----BEGIN A-----\nAAE\n-----END A-----", "-----BEGIN A-----\nAA*C\n-----END A-----",
    "-----END A-----", "-----BEGIN A-----\n-----BEGIN B-----\n", "-----BEGIN A-----\nAAEC\n-----END B-----",
    "-----BEGIN A-----\n====\n-----END A-----",
  ])
  func whatIsDamagedIsRefused(_ text: String) {
    #expect(throws: OpenSSLError.self) { try PEMBlock.all(in: Array(text.utf8)) }
  }

  @Test func nothingIsNoBlock() throws { #expect(try PEMBlock.all(in: Array("hello".utf8)).isEmpty) }
}
