import Glibc
public import Logging

/// Writes log lines to standard error: for people, or as JSON for machines. Control characters from outside are escaped,
/// so that no peer can forge a line.
public struct LineLogHandler: LogHandler {
  public enum Format: String, Sendable { case text, json }

  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  private let label: String
  private let format: Format
  private let descriptor: Int32

  /// - Parameter descriptor: where lines go; standard error unless a test wants to read them.
  public init(label: String, level: Logger.Level, format: Format, descriptor: Int32 = STDERR_FILENO) {
    self.label = label
    logLevel = level
    self.format = format
    self.descriptor = descriptor
  }

  /// Makes this the program's log. To be called once, before the first logger is made.
  public static func install(level: String, format: String) {
    let level = Logger.Level(rawValue: level.lowercased()) ?? .info
    let format = Format(rawValue: format) ?? .text
    LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, format: format) }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
    var line: String
    switch format {
    case .text:
      line = "\(Self.timestamp()) \(event.level.rawValue.uppercased()) \(label): \(Self.escaped("\(event.message)"))"
      for (key, value) in fields { line += " \(key)=\(Self.escaped("\(value)"))" }
    case .json:
      line = "{\"time\":\"\(Self.timestamp())\",\"level\":\"\(event.level.rawValue)\",\"logger\":\"\(label)\""
      line += ",\"message\":\"\(Self.escaped("\(event.message)"))\""
      for (key, value) in fields { line += ",\"\(Self.escaped(key))\":\"\(Self.escaped("\(value)"))\"" }
      line += "}"
    }
    let bytes = Array((line + "\n").utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  /// `2026-11-24T04:12:33.123Z`
  private static func timestamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var parts = tm()
    var seconds = now.tv_sec
    gmtime_r(&seconds, &parts)
    func padded(_ number: some BinaryInteger, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
    let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
    return "\(date)T\(time).\(padded(now.tv_nsec / 1_000_000, 3))Z"
  }

  private static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value == 0x22 || $0.value == 0x5C || isControl($0) }) else {
      return text
    }
    let digits = Array("0123456789abcdef")
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: escaped += "\\\""
      case 0x5C: escaped += "\\\\"
      case 0x0A: escaped += "\\n"
      case _ where isControl(scalar):
        escaped += "\\u"
        for shift in [12, 8, 4, 0] { escaped.append(digits[Int(scalar.value >> shift & 15)]) }
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// C0 and C1 (a terminal may take U+009B for an escape sequence), and what some programs take for the end of a line.
  private static func isControl(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
    default: false
    }
  }
}
