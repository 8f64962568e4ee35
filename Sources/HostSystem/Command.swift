public import Value

/// A program to run: always an argv array, never a shell's line.
public struct Command: Sendable {
  /// argv[0] is a path, or a name looked up in `PATH`.
  public var arguments: [String]
  public var standardInput: Input = .none
  /// Added to, or replacing entries of, the base environment.
  public var environment: [String: String] = [:]
  /// Starts from an empty environment (but `PATH`) instead of the minion's.
  public var isEnvironmentClean = false
  public var workingDirectory: String?
  public var user: RunAs?
  /// File mode creation mask for the program; nil leaves the minion's.
  public var umask: UInt32?
  /// Ends the program's whole process group when it passes.
  public var timeout: Duration?
  /// Bytes kept of each of standard output and error; what is beyond is read and dropped, and said so.
  public var outputLimit = 4 << 20
  /// Standard error goes where standard output goes, in the order written.
  public var isErrorMerged = false

  public enum Input: Sendable {
    case none
    case bytes([UInt8])
    case secret(Secret)
  }

  public init(_ arguments: [String]) { self.arguments = arguments }
  public init(_ arguments: String...) { self.arguments = arguments }
}
