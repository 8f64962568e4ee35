import Value

/// One block of a PEM text (RFC 7468).
public struct PEMBlock: Sendable, Hashable {
  /// `CERTIFICATE`.
  public var label: String
  /// What the base64 stands for.
  public var der: [UInt8]

  public init(label: String, der: [UInt8]) {
    self.label = label
    self.der = der
  }

  /// The text, 64 characters a line, with a newline at its end.
  public var text: String {
    "-----BEGIN \(label)-----\n\(Base64.lines(der, width: 64))-----END \(label)-----\n"
  }

  /// Whether the bytes look like PEM rather than DER.
  public static func isPEM(_ bytes: [UInt8]) -> Bool {
    ByteSearch.firstIndex(of: Array("-----BEGIN ".utf8), in: bytes) != nil
  }

  /// The blocks of a text in their order. What stands between them is passed over, and so are the headers of an encrypted
  /// block, whose bytes are then of no use here.
  ///
  /// - Throws: `OpenSSLError` with `unreadable` for a block without an end, or one that is not base64.
  public static func all(in bytes: [UInt8]) throws(OpenSSLError) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var label: String?
    var encoded: [UInt8] = []
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = trimmed(line)
      if let name = name(text, "-----BEGIN ") {
        guard label == nil else { throw OpenSSLError(.unreadable, "The block \(label ?? "") has no end") }
        label = name
        encoded = []
      } else if let name = name(text, "-----END ") {
        guard name == label else { throw OpenSSLError(.unreadable, "A block \(name) ends that did not begin") }
        guard let der = Base64.decodeStrictly(encoded) else {
          throw OpenSSLError(.unreadable, "The block \(name) is not base64")
        }
        blocks.append(PEMBlock(label: name, der: der))
        label = nil
      } else if label != nil, !text.contains(UInt8(ascii: ":")) {
        encoded += text
      }
    }
    if let label { throw OpenSSLError(.unreadable, "The block \(label) has no end") }
    return blocks
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while line.first == 0x20 || line.first == 0x09 { line = line.dropFirst() }
    while line.last == 0x20 || line.last == 0x09 { line = line.dropLast() }
    return line
  }

  private static func name(_ line: ArraySlice<UInt8>, _ start: String) -> String? {
    guard line.starts(with: start.utf8), line.reversed().starts(with: "-----".utf8),
      line.count > start.utf8.count + 5
    else { return nil }
    return String(decoding: line.dropFirst(start.utf8.count).dropLast(5), as: UTF8.self)
  }
}
