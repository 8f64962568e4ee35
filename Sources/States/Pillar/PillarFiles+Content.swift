import HostSystem

extension PillarFiles {
  /// A file, and what there is to know about it before it is rendered.
  struct Content: Sendable {
    let bytes: [UInt8]
    /// The text in the form in which ciphertexts are looked for; nil where it has none.
    let ciphertext: [UInt8]?
    /// Whether it may render to something else the next time.
    let isVolatile: Bool
    let reads: TemplateReads

    init?(reading local: String) {
      guard let bytes = try? HostFiles().read(local, limit: SLSLoader.sizeLimit) else { return nil }
      self.init(bytes)
    }

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      let hasCiphertext = [CipherText.pgpBegin, CipherText.sealedBegin].contains { bytes.holds(Array($0.utf8)) }
      ciphertext = hasCiphertext ? CipherText.normalized(bytes) : nil
      let hasTag = bytes.holds([0x7B])
      isVolatile = hasTag && ["salt", "now", "time", "random"].contains { bytes.holds(Array($0.utf8)) }
      reads = hasTag ? TemplateReads.of(bytes) : .grains([])
    }
  }
}
