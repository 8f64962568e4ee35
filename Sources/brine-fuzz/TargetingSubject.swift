import OrderedCollections
import Targeting
import Value

/// Each target is read or refused with a column, and matching ends.
struct TargetingSubject: FuzzSubject {
  let seeds = [
    "web* and G@os:Debian or not L@db1,db2", "E@^web\\d+$ and ( S@10.0.0.0/8 or I@role:web )",
    "N@g and P@os:(Deb|Ub).*",
    "web[01-20].example", "J@a:b:.*", "G|@a|b", "*", "10.0.0.0/8", "not not web1", "(?P<n>a+)+$", "web[!a-c]?",
  ]
  let tokens = [
    " and ", " or ", " not ", "(", ")", " ", "G@", "P@", "I@", "J@", "L@", "E@", "S@", "N@", "G|@", "X@", "R@", "@",
    "web",
    "os:", "*", "?", "[", "]", "[!", "-", "1", "09", ",", "/", ":", "10.0.0.0", "fd00::", "{", "}", "{,2}", "+", "$",
    "^",
    "\\", "\\Z", "\\u00", "(?", "(?P<n>", "(?=", "(?i)", "|", ".", "ß", "😀", "\u{0}", "\n", "(a+)+", "[1-99999999]",
  ]
  private let nodegroups: ValueMap = ["g": "web* or N@h", "h": ["db1", "db2"], "web": "N@g and N@h", "1": 5]
  private let subjects = [
    TargetSubject(
      id: "web1", grains: ["os": "Debian", "roles": ["web", "db"], "ipv4": ["10.0.0.11"], "a": ["b": "c"]],
      pillar: ["role": "web"]),
    TargetSubject(id: String(repeating: "a", count: 60), grains: ["os": .string(String(repeating: "a", count: 300))]),
  ]

  func input(fromCase text: CorpusText) -> [UInt8]? { nil }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    let text = String(decoding: input.prefix(8 << 10), as: UTF8.self)
    if let names = try? HostSet.expand(text, limit: 2_000), names.count > 2_000 { return .wrong("too many hosts") }
    var refusal = ""
    for kind in TargetKind.allCases {
      do throws(TargetError) {
        let target = try Target.parse(kind: kind, text: text, nodegroups: nodegroups)
        for subject in subjects { _ = try target.matches(subject) }
      } catch {
        if error.code != .matchLimit, error.column < 1 { return .wrong("no column: \(error)") }
        refusal += error.message
      }
    }
    return refusal.isEmpty ? .accepted : .refused(refusal)
  }
}
