import Functions
import HostSystem
import OrderedCollections
import Value

/// Init scripts: /etc/init.d, and the links in /etc/rc?.d that start them at boot.
struct SysvProvider: ServiceProvider {
  let commands: any CommandRunner
  let files: HostFiles

  init(_ context: FunctionContext) {
    commands = context.commands
    files = context.files
  }

  private static let directory = "/etc/init.d"
  /// In /etc/init.d, but no services.
  private static let noServices: Set<String> = [
    "README", "skeleton", "rc", "rcS", "rc.local", "functions", "halt", "reboot", "single", "killall",
  ]

  /// As an init script may be called: letters, digits and `_.@+-`, no path, no option.
  static func isValid(_ name: String) -> Bool {
    UnitName.isValid(name.replacing("+", with: "_")) && !name.hasPrefix(".") && !name.contains("\\")
  }

  func hasScript(_ name: String) -> Bool {
    Self.isValid(name) && !Self.noServices.contains(name) && files.isExecutable("\(Self.directory)/\(name)")
  }

  func scriptNames() -> [String] { files.entriesIfPresent(Self.directory).filter(hasScript) }

  /// Whether a start link stands in one of the multi-user runlevels.
  func isLinked(_ name: String) -> Bool {
    ["/etc", "/etc/rc.d"].contains { top in
      (2...5).contains { level in
        files.entriesIfPresent("\(top)/rc\(level).d").contains { link in
          let bytes = Array(link.utf8)
          return bytes.count > 3 && bytes[0] == UInt8(ascii: "S")
            && bytes[1...2].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && link.utf8.dropFirst(3).elementsEqual(name.utf8)
        }
      }
    }
  }

  func status(of names: [String]) async throws -> [String: Bool] {
    var states: [String: Bool] = [:]
    for name in names {
      guard Self.isValid(name) else { throw UnitName.refusal(name) }
      guard hasScript(name) else {
        states[name] = false
        continue
      }
      let arguments = command(name, "status")
      let result = try await commands.runParsed(arguments)
      // LSB: 0 runs; 1 and 2 are dead with leftovers, 3 is stopped; more is not known.
      switch result.ending {
      case .exited(0): states[name] = true
      case .exited(1), .exited(2), .exited(3): states[name] = false
      default:
        throw FunctionError(
          .failed, "The init script \(name) does not say whether it runs. " + OutputTail.failure(of: arguments, result))
      }
    }
    return states
  }

  func check(_ name: String, options: ServiceOptions) async throws { try find(name) }

  func perform(_ action: ServiceAction, _ name: String, options: ServiceOptions) async throws {
    try find(name)
    try await run(command(name, action.rawValue))
  }

  func setEnabled(_ isEnabled: Bool, _ name: String, options: ServiceOptions) async throws {
    try find(name)
    if commands.which("update-rc.d") != nil {
      // `defaults` makes links where there are none, `enable` turns those that are there.
      if isEnabled { try await run(["update-rc.d", name, "defaults"]) }
      try await run(["update-rc.d", name, isEnabled ? "enable" : "disable"])
    } else if commands.which("chkconfig") != nil {
      if isEnabled { try await run(["chkconfig", "--add", name]) }
      try await run(["chkconfig", name, isEnabled ? "on" : "off"])
    } else {
      throw FunctionError(
        .unavailable, "This host has neither update-rc.d nor chkconfig to enable an init script with.")
    }
  }

  func setMasked(_ isMasked: Bool, _ name: String, runtime: Bool) async throws { throw Self.onlySystemd("masks") }
  func isEnabled(_ name: String) async throws -> Bool { hasScript(name) && isLinked(name) }
  func isMasked(_ name: String, runtime: Bool) throws -> Bool { false }

  func isAvailable(_ name: String) async throws -> Bool {
    guard Self.isValid(name) else { throw UnitName.refusal(name) }
    return hasScript(name)
  }

  func all() async throws -> [String] { scriptNames() }

  func running() async throws -> [String] {
    var names: [String] = []
    // A script that cannot tell is not known to run.
    for name in scriptNames() where (try? await status(of: [name])[name]) == true { names.append(name) }
    return names
  }

  func names(inState state: String) async throws -> [String] {
    state == "static" ? [] : scriptNames().filter { isLinked($0) == (state == "enabled") }
  }

  func show(_ name: String) async throws -> ValueMap { throw Self.onlySystemd("service properties") }
  func execs() async throws -> [String: String] { throw Self.onlySystemd("service properties") }
  /// Init scripts are read anew each time.
  func reloadConfiguration() async throws {}

  private func find(_ name: String) throws(FunctionError) {
    guard Self.isValid(name) else { throw UnitName.refusal(name) }
    guard hasScript(name) else {
      throw FunctionError(
        .notFound, "There is no init script \(Self.directory)/\(name) on this host.",
        hint: "service.get_all lists the names.")
    }
  }

  /// service(8) gives scripts a clean environment; without it they are started as they are.
  private func command(_ name: String, _ verb: String) -> [String] {
    (commands.which("service") != nil ? ["service", name] : ["\(Self.directory)/\(name)"]) + [verb]
  }

  private func run(_ arguments: [String]) async throws {
    let result = try await commands.runParsed(arguments)
    guard result.isSuccess else { throw FunctionError(.failed, OutputTail.failure(of: arguments, result)) }
  }

  private static func onlySystemd(_ what: String) -> FunctionError {
    FunctionError(.unavailable, "This host runs init scripts; only systemd has \(what).")
  }
}
