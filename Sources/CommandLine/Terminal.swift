import Glibc

/// Standard output and error as this program's user sees them.
public enum Terminal {
  public static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { failed(descriptor, errno) }
      bytes = bytes.dropFirst(count)
    }
  }

  /// A closed pipe (`| head`) ends the program as it does for others; a full disk is said.
  private static func failed(_ descriptor: Int32, _ number: Int32) -> Never {
    guard number != EPIPE else { exit(141) }
    if descriptor != STDERR_FILENO {
      error(
        "What is printed cannot be written: \(String(cString: strerror(number))). What was asked for is done or goes on."
      )
    }
    exit(2)
  }

  public static func print(_ line: String) { write(line + "\n") }
  public static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  public static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  public static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  public static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Columns, 0 when there is no terminal.
  public static var width: Int { isOutputTerminal ? width(of: STDOUT_FILENO) : 0 }
  public static var errorWidth: Int { isErrorTerminal ? width(of: STDERR_FILENO) : 0 }

  private static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
  }

  /// https://no-color.org
  public static var usesColor: Bool { isOutputTerminal && getenv("NO_COLOR") == nil }

  public static func readLine() -> String? { Swift.readLine() }

  /// All of standard input.
  ///
  /// - Returns: nil when it has more than `limit` bytes.
  public static func readAll(limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while bytes.count <= limit {
      let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }

  /// Asks for a line that is not shown while it is typed.
  ///
  /// - Throws: `TerminalError` when the terminal cannot be told not to show it: then nothing is read.
  public static func readSecret(_ prompt: String) throws -> [UInt8] {
    var former = termios()
    guard tcgetattr(STDIN_FILENO, &former) == 0 else { throw TerminalError.noTerminal }
    var quiet = former
    quiet.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0 else { throw TerminalError.noTerminal }
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &former)
      write("\n", to: STDERR_FILENO)
    }
    write(prompt, to: STDERR_FILENO)
    return Array((Swift.readLine() ?? "").utf8)
  }
}
