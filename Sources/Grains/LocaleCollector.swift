import Glibc
public import Value

/// Language and time zone: `locale_info`.
public struct LocaleCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { context.environment[$0] }.first { !$0.isEmpty } ?? "C"
    let (language, encoding) = Self.parts(of: locale)
    return [
      "locale_info": [
        "defaultlanguage": .string(language),
        "defaultencoding": .string(encoding),
        "detectedencoding": .string(encoding.lowercased()),
        "timezone": .string(Self.timeZone()),
      ]
    ]
  }

  /// Language and encoding. Python, and so Salt, runs in `C.UTF-8` where the locale is `C`, and calls that `en_US`.
  static func parts(of locale: String) -> (language: String, encoding: String) {
    let parts = locale.split(separator: ".", maxSplits: 1)
    let name = String((parts.first ?? "C").prefix { $0 != "@" })
    let language = name == "C" || name == "POSIX" ? "en_US" : name
    guard parts.count > 1 else {
      if name == "C" || name == "POSIX" { return (language, "UTF-8") }
      return (language, locale.hasSuffix("@euro") ? "ISO8859-15" : "ISO8859-1")
    }
    let encoding = String(parts[1].prefix { $0 != "@" })
    let key = encoding.lowercased().filter { $0 != "-" && $0 != "_" }
    if key == "utf8" { return (language, "UTF-8") }
    if key.hasPrefix("iso8859") { return (language, "ISO8859-\(key.dropFirst("iso8859".count))") }
    return (language, encoding)
  }

  /// The abbreviation of the zone in force now (`CET`, `CEST`).
  static func timeZone() -> String {
    var now = time(nil)
    var parts = tm()
    // localtime_r(3) need not look at a changed zone by itself, and a minion runs for months.
    tzset()
    guard localtime_r(&now, &parts) != nil, let zone = parts.tm_zone else { return "unknown" }
    return String(cString: zone)
  }
}
