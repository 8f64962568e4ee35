/// Something that is measured, and what it should be (design, §9).
struct Measurement {
  enum Bound {
    case atMost(Double)
    case atLeast(Double)
    /// Anything else is a fault of the program, not a slow machine.
    case exactly(Double)
  }

  let key: String
  let title: String
  let unit: String
  var bound: Bound?

  static let all: [Measurement] =
    [
      Measurement(
        key: "run_one_ms", title: "brine run on one live minion, whole process", unit: "ms", bound: .atMost(20)),
      Measurement(key: "run_one_cpu_ms", title: "  of it processor time of brine itself", unit: "ms"),
      Measurement(key: "minion_rss_mb", title: "minion idle, resident", unit: "MB", bound: .atMost(15)),
      Measurement(key: "minion_pss_mb", title: "minion idle, its share (PSS)", unit: "MB", bound: .atMost(15)),
      Measurement(key: "minion_wakeups", title: "minion idle, wake-ups in 30 s", unit: ""),
      Measurement(key: "minion_cpu_ms", title: "minion idle, processor time in 30 s", unit: "ms"),
    ] + files + states + fleet("1000", "1,000") + fleet("10000", "10,000") + [
      Measurement(
        key: "ingest_per_s", title: "backlog of 200 minions: results taken in and committed", unit: "/s",
        bound: .atLeast(50_000)),
      Measurement(key: "ingest_cpu_us", title: "  processor time of the master for each", unit: "µs"),
      Measurement(key: "kill_results", title: "results sent for under kill -9 of the master", unit: ""),
      Measurement(key: "kill_lost", title: "  of them lost", unit: "", bound: .exactly(0)),
    ]

  /// Whole processes of `brine-minion call` with an empty cache; the comparisons copy on the same disk, without a network
  /// or through an ssh server on loopback.
  private static let files: [Measurement] = [
    Measurement(key: "files_large_mb_per_s", title: "a file of 1 GiB from the master, over CURVE", unit: "MB/s"),
    Measurement(key: "files_large_cp_mb_per_s", title: "  beside cp", unit: "MB/s"),
    Measurement(key: "files_large_scp_mb_per_s", title: "  beside scp", unit: "MB/s"),
    Measurement(key: "files_small_per_s", title: "10,000 small files by cp.get_dir: files", unit: "/s"),
    Measurement(key: "files_small_again_per_s", title: "  again, nothing changed", unit: "/s"),
    Measurement(key: "files_small_cp_per_s", title: "  beside cp -r", unit: "/s"),
    Measurement(key: "files_small_scp_per_s", title: "  beside scp -r", unit: "/s"),
  ]

  /// Whole processes without a master, except where the title says that a second run's time is taken off.
  private static let states: [Measurement] = [
    Measurement(key: "states_ping_ms", title: "call test.ping, whole process", unit: "ms"),
    Measurement(
      key: "states_chain_ms", title: "1,000 states, each requires the one before", unit: "ms", bound: .atMost(80)),
    Measurement(key: "states_free_ms", title: "1,000 independent states", unit: "ms", bound: .atMost(80)),
    Measurement(key: "states_5000_ms", title: "  5,000, for each 1,000", unit: "ms", bound: .atMost(80)),
    Measurement(key: "states_20000_ms", title: "  20,000, for each 1,000", unit: "ms", bound: .atMost(80)),
    Measurement(
      key: "states_growth", title: "  a state of 20,000 beside one of 5,000, without the start", unit: "×",
      bound: .atMost(1.25)),
    Measurement(key: "states_files_ms", title: "100 file.managed, second run", unit: "ms", bound: .atMost(40)),
    Measurement(
      key: "states_jinja_ms", title: "a Jinja loop of 1,000 items, less a loop of one", unit: "ms", bound: .atMost(10)),
    Measurement(
      key: "states_yaml_ms", title: "YAML of 6,000 lines, less YAML of one", unit: "ms", bound: .atMost(20)),
  ]

  private static func fleet(_ key: String, _ count: String) -> [Measurement] {
    let isLarge = key == "10000"
    return [
      Measurement(
        key: "ping_\(key)_ms", title: "\(count) minions, test.ping, all results committed", unit: "ms",
        bound: isLarge ? .atMost(2000) : nil),
      Measurement(
        key: "parallel_\(key)_per_s", title: "\(count) minions, 5 jobs at once: results", unit: "/s"),
      Measurement(key: "parallel_\(key)_cpu_us", title: "  processor time of the master for each", unit: "µs"),
      Measurement(
        key: "reconnect_\(key)_s", title: "\(count) minions back after kill -9 of the master", unit: "s",
        bound: isLarge ? .atMost(15) : nil),
      Measurement(key: "reconnect_\(key)_lost", title: "  results lost", unit: "", bound: .exactly(0)),
      Measurement(
        key: "master_\(key)_rss_mb", title: "master with \(count) idle sessions, resident", unit: "MB",
        bound: isLarge ? .atMost(600) : nil),
      Measurement(
        key: "master_\(key)_pss_mb", title: "master with \(count) idle sessions, its share (PSS)", unit: "MB",
        bound: isLarge ? .atMost(600) : nil),
      Measurement(
        key: "master_\(key)_cpu_s", title: "master with \(count) idle sessions, processor time in 30 s", unit: "s"),
    ]
  }

  func isMet(by value: Double) -> Bool {
    switch bound {
    case .atMost(let limit)?: value <= limit
    case .atLeast(let limit)?: value >= limit
    case .exactly(let number)?: value == number
    case nil: true
    }
  }

  /// Whether more is better.
  var isRate: Bool { unit.hasSuffix("/s") }

  var isFaultWhenMissed: Bool { if case .exactly? = bound { true } else { false } }

  /// `≤ 20 ms`
  var target: String {
    switch bound {
    case .atMost(let limit)?: "≤ \(Self.text(limit)) \(unit)"
    case .atLeast(let limit)?: "≥ \(Self.text(limit)) \(unit)"
    case .exactly(let number)?: Self.text(number)
    case nil: ""
    }
  }

  /// Three digits that matter, thousands grouped.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    let decimals = value == value.rounded() || abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2
    let rounded = value.rounded(decimals)
    guard decimals == 0, abs(rounded) < 1e15 else { return "\(rounded)" }
    var digits = Array(String(Int64(rounded)))
    for place in stride(from: digits.count - 3, to: rounded < 0 ? 1 : 0, by: -3) { digits.insert(",", at: place) }
    return String(digits)
  }
}
