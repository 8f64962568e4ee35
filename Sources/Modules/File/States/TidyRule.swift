import Functions
import Glibc
import HostSystem
import Targeting
import Value

/// Which files `file.tidied` takes away.
struct TidyRule {
  enum Time: String {
    case atime, ctime, mtime
  }

  private let age: Int64
  private let size: Int64
  private let time: Time
  private let isBoth: Bool
  private let only: String?
  private let matched: [RegularExpression]
  private let excluded: [RegularExpression]
  private let comparesPaths: Bool
  private let removesDirectories: Bool
  private let removesLinks: Bool
  private let today: Int64

  init(_ arguments: Arguments) throws {
    age = arguments["age"].intValue ?? 0
    size = Self.bytes(arguments["size"])
    time = Time(rawValue: arguments.string("time_comparison").lowercased()) ?? .atime
    isBoth = arguments.string("age_size_logical_operator").uppercased() == "AND"
    only = arguments.optionalString("age_size_only")?.lowercased()
    matched = try (arguments["matches"].listValue ?? [".*"]).map { try RegularExpression($0.description) }
    excluded = try arguments.list("exclude").map { try RegularExpression($0.description) }
    comparesPaths = arguments.bool("full_path_match")
    removesDirectories = arguments.bool("rmdirs")
    removesLinks = arguments.bool("rmlinks")
    today = Self.day(Int(FileFinder.now()))
  }

  func isToGo(_ item: FileTree.Item) throws -> Bool {
    let status = item.status
    if status.kind == .dir, !removesDirectories { return false }
    if status.kind == .link, !removesLinks { return false }
    let stamp = time == .ctime ? status.changeTime : time == .mtime ? status.modificationTime : status.accessTime
    let days = abs(today - Self.day(Int(stamp.rounded(.down))))
    let bytes = status.kind == .dir || status.kind == .link ? 0 : status.size
    let (isOld, isLarge) = (days >= age, bytes >= size)
    let fits = only == "age" ? isOld : only == "size" ? isLarge : isBoth ? isOld && isLarge : isOld || isLarge
    guard fits else { return false }
    let name = comparesPaths ? item.path : PathText.basename(item.path)
    guard try matched.contains(where: { try $0.firstMatch(in: name, anchored: true) != nil }) else { return false }
    return try !excluded.contains { try $0.firstMatch(in: name, anchored: true) != nil }
  }

  /// The day of a moment in local time, counted from any day on.
  private static func day(_ seconds: Int) -> Int64 {
    var seconds = seconds
    var time = tm()
    localtime_r(&seconds, &time)
    return Int64((seconds + time.tm_gmtoff) / 86400)
  }

  /// `10M`, `1.5GB`: letters are powers of 1024, with a B of 1000.
  private static func bytes(_ value: Value) -> Int64 {
    if let number = value.intValue { return number }
    let text = value.isNull ? "" : value.description.trimmed()
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count).trimmed().lowercased()
    guard let number = Double(digits) else { return 0 }
    let letters = Array("bkmgtpezy")
    guard let power = letters.firstIndex(of: unit.first ?? "b") else { return 0 }
    let rest = unit.dropFirst()
    guard rest.isEmpty || rest == "ib" || (rest == "b" && power > 0) else { return 0 }
    let step = rest == "b" ? 1000.0 : 1024.0
    return Int64(exactly: ((0..<power).reduce(number) { result, _ in result * step }).rounded(.down)) ?? .max
  }
}
