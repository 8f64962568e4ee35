import HostSystem

/// Inputs that show a fault, kept as files with what is wrong beside them.
struct Findings {
  static let limit = 100
  let directory: String
  let subject: String

  /// - Returns: the path; nil when there are too many already.
  func keep(_ kind: String, _ input: [UInt8], _ words: String) -> String? {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in input { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let path = "\(directory)/\(subject)-\(kind)-\(String(hash, radix: 16))"
    guard HostFiles().entriesIfPresent(directory).count < 2 * Self.limit else { return nil }
    try? HostFiles().write(path, input)
    try? HostFiles().write("\(path).txt", text: words + "\n")
    return path
  }
}
