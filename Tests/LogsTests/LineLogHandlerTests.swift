import Glibc
import Logging
import Logs
import Testing

@Suite struct LineLogHandlerTests {
  /// What a logger writes, line by line.
  private func lines(
    _ format: LineLogHandler.Format, level: Logger.Level = .info, _ body: (inout Logger) -> Void
  ) throws -> [String] {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let writeEnd = ends[1]
    var logger = Logger(label: "test") {
      LineLogHandler(label: $0, level: level, format: format, descriptor: writeEnd)
    }
    body(&logger)
    close(ends[1])
    defer { close(ends[0]) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(ends[0], &bytes, bytes.count)
    #expect(count == 0 || bytes[count - 1] == 0x0A, "each line has its end")
    return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The line without its time, which is checked to be one.
  private func withoutTime(_ line: String, at place: Int = 0) -> String {
    let bytes = Array(line.utf8)
    guard bytes.count >= place + 24 else { return line }
    let time = String(decoding: bytes[place..<place + 24], as: UTF8.self)
    let shape = time.map { $0.isNumber ? "9" : "\($0)" }.joined()
    #expect(shape == "9999-99-99T99:99:99.999Z", "\(time)")
    return String(decoding: bytes[..<place] + bytes[(place + 24)...], as: UTF8.self)
  }

  @Test func forPeople() throws {
    let lines = try lines(.text) { logger in
      logger.info("job 1 from anna", metadata: ["fun": "pkg.upgrade", "arg": "2"])
      logger[metadataKey: "minion"] = "web1"
      logger.error("failed", metadata: ["arg": "3"])
    }
    #expect(
      lines.map { withoutTime($0) } == [
        " INFO test: job 1 from anna arg=2 fun=pkg.upgrade", " ERROR test: failed arg=3 minion=web1",
      ])
  }

  @Test func forMachines() throws {
    let lines = try lines(.json) { $0.warning("say \"hi\"\\", metadata: ["a": "1"]) }
    #expect(
      lines.map { withoutTime($0, at: 9) } == [
        #"{"time":"","level":"warning","logger":"test","message":"say \"hi\"\\","a":"1"}"#
      ])
  }

  @Test func lowerLevelsAreLeftOut() throws {
    let lines = try lines(.text, level: .warning) { logger in
      logger.info("no")
      logger.warning("yes")
      logger.logLevel = .debug
      logger.debug("now")
    }
    #expect(lines.map { withoutTime($0) } == [" WARNING test: yes", " DEBUG test: now"])
  }

  /// No peer can forge a line, or send sequences to the terminal of whoever reads the log.
  @Test(arguments: [LineLogHandler.Format.text, .json])
  func controlCharactersAreEscaped(_ format: LineLogHandler.Format) throws {
    var hostile = ""
    for scalar in (0..<0x20).map({ UnicodeScalar(UInt8($0)) }) + ["\u{7F}", "\u{85}", "\u{9B}", "\u{2028}"] {
      hostile.unicodeScalars.append(scalar)
    }
    let lines = try lines(format) { $0.info("id \(hostile)", metadata: ["key": "\(hostile)"]) }
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    for scalar in line.unicodeScalars {
      #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar != "\u{2028}", "\(scalar.value)")
    }
    #expect(line.contains("\\u001b") && line.contains("\\n") && line.contains("\\u009b") && line.contains("\\u2028"))
  }

  @Test func otherTextIsLeftAsItIs() throws {
    #expect(try lines(.text) { $0.info("grün 語 😀 ' é") }.map { withoutTime($0) } == [" INFO test: grün 語 😀 ' é"])
  }
}
