/// Patterns of names in known_hosts: `*` for any signs, `?` for one.
enum HostPattern {
  static func matches(_ text: String, _ pattern: Substring) -> Bool {
    let (text, pattern) = (Array(text.utf8), Array(pattern.utf8))
    var (position, place) = (0, 0)
    var star: Int?
    var mark = 0
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = place
        mark = position
        place += 1
      } else if place < pattern.count, pattern[place] == UInt8(ascii: "?") || pattern[place] == text[position] {
        position += 1
        place += 1
      } else if let star {
        place = star + 1
        mark += 1
        position = mark
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
