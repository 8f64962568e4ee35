/// The words in which a configuration names the master: `salt`, `192.0.2.7`, `tcp://master.example.com:4510`,
/// `[2001:db8::1]:4510`.
enum MasterAddress {
  static let defaultPort = 4510

  static func host(in text: String) -> String { split(text).host }
  static func port(in text: String) -> Int? { split(text).port }

  private static func split(_ text: String) -> (host: String, port: Int?) {
    let rest = text.hasPrefix("tcp://") ? text.dropFirst("tcp://".count) : text[...]
    if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
      let host = rest[rest.index(after: rest.startIndex)..<close]
      return (String(host), Int(rest[close...].dropFirst(2)))
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = Int(parts[1]) else { return (String(rest), nil) }
    return (String(parts[0]), port)
  }
}
