import HostSystem

/// The lines of a known_hosts file; those that are no entries stay as they are.
struct KnownHostsFile: Sendable, Hashable {
  private(set) var lines: [String]

  init(parsing bytes: [UInt8]) { lines = String(decoding: bytes, as: UTF8.self).splitLines() }

  var bytes: [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  /// The entries of a host, without marked ones: a revoked key is none that the host has.
  func entries(of host: String) -> [KnownHost] { places(of: host).compactMap { KnownHost(line: lines[$0]) } }

  /// Takes the entries of a host out; of one type where one is named. Revoked keys stay.
  ///
  /// - Returns: the numbers of their lines, from 1 on.
  mutating func remove(_ host: String, where isWanted: (KnownHost) -> Bool = { _ in true }) -> [Int] {
    let places = places(of: host).filter { KnownHost(line: lines[$0]).map(isWanted) ?? false }
    for place in places.reversed() { lines.remove(at: place) }
    return places.map { $0 + 1 }
  }

  mutating func append(_ hosts: [KnownHost]) { lines += hosts.map(\.line) }

  /// Hashes all names that can be.
  mutating func hash() {
    lines = lines.flatMap { line in
      guard let host = KnownHost(line: line) else { return [line] }
      let hashed = host.hashed()
      return hashed == [host] ? [line] : hashed.map(\.line)
    }
  }

  private func places(of host: String) -> [Int] {
    lines.indices.filter { KnownHost(line: lines[$0]).map { $0.marker == nil && $0.isOf(host) } ?? false }
  }
}
