/// How a program ended and what it printed.
public struct CommandResult: Sendable, Hashable {
  public enum Ending: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
  }

  public var ending: Ending
  public var standardOutput: [UInt8]
  public var standardError: [UInt8]
  /// Something was dropped because it went over the limit.
  public var isTruncated: Bool
  public var processID: Int32

  public init(
    ending: Ending, standardOutput: [UInt8] = [], standardError: [UInt8] = [], isTruncated: Bool = false,
    processID: Int32 = 0
  ) {
    self.ending = ending
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.isTruncated = isTruncated
    self.processID = processID
  }

  /// For tests: a program that exited with this code and printed this.
  public init(exit code: Int32 = 0, _ output: String = "", error: String = "") {
    self.init(ending: .exited(code), standardOutput: Array(output.utf8), standardError: Array(error.utf8))
  }

  public var isSuccess: Bool { ending == .exited(0) }

  /// The exit code as a shell gives it: 128 + signal for a killed program; 124 after a time-out, as timeout(1).
  public var exitCode: Int32 {
    switch ending {
    case .exited(let code): code
    case .signalled(let signal): 128 + signal
    case .timedOut: 124
    }
  }

  public var outputText: String { String(decoding: standardOutput, as: UTF8.self) }
  public var errorText: String { String(decoding: standardError, as: UTF8.self) }
  /// Lines of standard output without their ends; no empty one after the last newline.
  public var outputLines: [String] { outputText.splitLines() }
}
