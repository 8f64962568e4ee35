import Functions
import HostSystem
import Value

/// The host's locale, and the locales that it has.
struct SystemLocale: Sendable {
  private let context: FunctionContext
  private var files: HostFiles { context.files }

  init(_ context: FunctionContext) { self.context = context }

  /// Empty when none is set.
  func current() async throws -> String {
    for line in paths.flatMap({ files.linesIfPresent($0) }) where line.trimmed().hasPrefix("LANG=") {
      return line.trimmed().dropFirst(5).filter { !"\"'".contains($0) }
    }
    // systemd writes no file for the locale that it takes without one.
    guard hasLocaleDaemon else { return "" }
    let status = try await context.commands.runParsed(["localectl", "status", "--no-pager"])
    for line in status.isSuccess ? status.outputLines : [] where line.trimmed().hasPrefix("System Locale: LANG=") {
      return String(line.trimmed().dropFirst("System Locale: LANG=".count))
    }
    return ""
  }

  private var hasLocaleDaemon: Bool {
    files.isDirectory("/run/systemd/system") && context.commands.which("localectl") != nil
  }

  func set(_ name: String) async throws {
    let name = try Self.checked(name)
    if hasLocaleDaemon {
      try await run("localectl", "set-locale", "LANG=\(name)")
      return
    }
    let path = paths.first { files.exists($0) } ?? paths[0]
    var lines = files.linesIfPresent(path).filter { !$0.trimmed().hasPrefix("LANG=") }
    lines.append("LANG=\(name)")
    do { try files.write(path, text: lines.map { $0 + "\n" }.joined()) } catch {
      throw FunctionError(.failed, error.message)
    }
  }

  func available() async throws -> [String] { try await run("locale", "-a").outputLines.map { $0.trimmed() } }

  func isAvailable(_ name: String) async throws -> Bool {
    let wanted = Self.normalized(name)
    return try await available().contains { Self.normalized($0) == wanted }
  }

  /// Makes a locale: by /etc/locale.gen where that is there (Debian), by localedef elsewhere.
  func generate(_ name: String) async throws {
    let parts = try Self.checked(name).split(separator: " ").map(String.init)
    let locale = parts[0]
    let charmap = parts.count > 1 ? parts[1] : Self.charmap(of: locale)
    let list = "/etc/locale.gen"
    guard files.exists(list), context.commands.which("locale-gen") != nil else {
      let language = String(locale.prefix { $0 != "." })
      try await run("localedef", "--force", "-i", language, "-f", charmap, "--", locale)
      return
    }
    let entry = "\(locale) \(charmap)"
    var lines = files.linesIfPresent(list)
    if !lines.contains(entry) {
      if let index = lines.firstIndex(where: { $0.drop { "# ".contains($0) }.trimmed() == entry }) {
        lines[index] = entry
      } else {
        lines.append(entry)
      }
      do { try files.write(list, text: lines.map { $0 + "\n" }.joined()) } catch {
        throw FunctionError(.failed, error.message)
      }
    }
    try await run("locale-gen")
  }

  /// Where distributions keep it, this host's own place first.
  private var paths: [String] {
    files.exists("/etc/locale.conf") ? ["/etc/locale.conf"] : ["/etc/default/locale", "/etc/locale.conf"]
  }

  @discardableResult
  private func run(_ words: String...) async throws -> CommandResult {
    let result = try await context.commands.runParsed(words)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "`\(words.joined(separator: " "))` ended with \(result.exitCode): \(result.errorText.trimmed())")
    }
    return result
  }

  /// `en_US.UTF-8` and `en_US.utf8` are the same.
  private static func normalized(_ name: String) -> String {
    let name = name.prefix { $0 != " " }
    guard let dot = name.firstIndex(of: ".") else { return String(name) }
    let rest = name[name.index(after: dot)...]
    let codeset = rest.prefix { $0 != "@" }.lowercased().filter { $0 != "-" }
    return "\(name[..<dot]).\(codeset)\(rest.drop { $0 != "@" })"
  }

  private static func charmap(of locale: String) -> String {
    guard let dot = locale.firstIndex(of: ".") else { return "ISO-8859-1" }
    return String(locale[locale.index(after: dot)...].prefix { $0 != "@" })
  }

  static func checked(_ name: String) throws(FunctionError) -> String {
    let isName = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._-@ ".utf8.contains(byte)
    }
    guard isName, let first = name.first, first.isLetter else {
      throw FunctionError(.badArguments, "'\(name)' is not the name of a locale.", hint: "Such as en_US.UTF-8.")
    }
    return name
  }
}
