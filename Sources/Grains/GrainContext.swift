import Glibc
public import HostSystem

/// What collectors may look at. Tests give it a directory for a root and a kernel and interfaces of their own.
public struct GrainContext: Sendable {
  public var files: HostFiles
  public var commands: any CommandRunner
  /// The minion's id, which becomes the grain `id`.
  public var minionID: String
  /// The version of this program, which becomes the grain `brineversion`.
  public var version: String
  /// What uname(2) says.
  public var kernel: KernelIdentity
  public var interfaces: [NetworkInterface]
  /// The environment of the minion.
  public var environment: [String: String]

  /// - Parameters:
  ///   - kernel: nil asks this machine's kernel.
  ///   - interfaces: nil asks this machine's kernel.
  ///   - environment: nil takes that of this process.
  public init(
    files: HostFiles, commands: any CommandRunner, minionID: String, version: String, kernel: KernelIdentity? = nil,
    interfaces: [NetworkInterface]? = nil, environment: [String: String]? = nil
  ) {
    self.files = files
    self.commands = commands
    self.minionID = minionID
    self.version = version
    self.kernel = kernel ?? KernelIdentity.current()
    self.interfaces = interfaces ?? NetworkInterface.all(files)
    self.environment = environment ?? Self.processEnvironment(["PATH", "SHELL", "LC_ALL", "LC_CTYPE", "LANG"])
  }

  /// What a program prints when it is there and succeeds within a few seconds; nil otherwise. Collecting grains must
  /// not hang on a name server or a broken tool.
  func output(_ arguments: String..., timeout: Duration = .seconds(5)) async -> String? {
    guard let program = arguments.first, commands.which(program) != nil else { return nil }
    var command = Command(arguments)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.timeout = timeout
    command.outputLimit = 1 << 20
    guard let result = try? await commands.run(command), result.isSuccess else { return nil }
    return result.outputText
  }

  private static func processEnvironment(_ names: [String]) -> [String: String] {
    var environment: [String: String] = [:]
    for name in names {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return environment
  }
}
