public import Functions
import HostSystem
import OrderedCollections
import Value

/// `sysctl.*`: parameters of the kernel.
public enum SysctlFunctions {
  public static let all: [Function] = [get, show, assign, persist, defaultConfiguration]

  private static let name = Parameter.required("name", .string, "The parameter, such as net.ipv4.ip_forward.")
  private static let value = Parameter.required("value", .string, "The value.")
  private static let file = Parameter.optional(
    "config", .string, "The file that it is kept in; /etc/sysctl.d/99-salt.conf with systemd, else /etc/sysctl.conf.")

  private static let get = Function(
    "sysctl.get", "Gives the value of a kernel parameter.",
    details: "Returns a text.\n\nExample: `brine run web1 sysctl.get net.ipv4.ip_forward`.", effect: .inspect,
    parameters: [name]
  ) { arguments, context in .string(try await current(arguments.string("name"), context) ?? "") }

  private static let show = Function(
    "sysctl.show", "Gives all kernel parameters, or those of a file.",
    details: "Returns a map.\n\nExample: `brine run web1 sysctl.show config_file=/etc/sysctl.conf`.", effect: .inspect,
    parameters: [.optional("config_file", .string, "The file; the running kernel's when it is not given.")]
  ) { arguments, context in
    var map: ValueMap = [:]
    if let path = arguments.optionalString("config_file") {
      guard context.files.exists(path) else { return [] }
      for (name, value) in try read(path, context).parameters { map[name] = .string(value) }
      return .map(map)
    }
    for line in try await context.commands.run("sysctl", "-a").outputLines {
      guard let sign = line.firstRange(of: " = ") else { continue }
      map[String(line[..<sign.lowerBound])] = .string(String(line[sign.upperBound...]))
    }
    return .map(map)
  }

  private static let assign = Function(
    "sysctl.assign", "Sets a kernel parameter until the next boot.",
    details: "Returns `{name: value}`.\n\nExample: `brine run web1 sysctl.assign net.ipv4.ip_forward 1`.",
    effect: .change, parameters: [name, value]
  ) { arguments, context in
    let (name, value) = try checked(arguments)
    if !context.isTest { try await assign(name, value, context) }
    return .map([.string(name): .string(value)])
  }

  static let persist = Function(
    "sysctl.persist", "Sets a kernel parameter, now and at boot.",
    details: "Returns `Updated` or `Already set`.\n\nExample: `brine run web1 sysctl.persist net.ipv4.ip_forward 1`.",
    effect: .change, parameters: [name, value, file]
  ) { arguments, context in
    let (name, value) = try checked(arguments)
    let path = try AbsolutePath.check(arguments.optionalString("config") ?? defaultPath(context), "config")
    let isNew = !context.files.exists(path)
    let before = isNew ? SysctlFile(parsing: "") : try read(path, context)
    let isKept = before.value(of: name).map(SysctlFile.words) == SysctlFile.words(value)
    let isSet = isKept ? try await current(name, context).map(SysctlFile.words) == SysctlFile.words(value) : false
    if isKept, isSet { return "Already set" }
    if context.isTest { return "Updated" }
    if !isKept {
      var file = isNew ? SysctlFile(parsing: "#\n# Kernel sysctl configuration\n#\n") : before
      file.set(value, of: name)
      try write(file, path, context)
    }
    try await assign(name, value, context)
    return "Updated"
  }

  private static let defaultConfiguration = Function(
    "sysctl.default_config", "Tells where kernel parameters are kept on this host.",
    details: "Returns a path.\n\nExample: `brine run web1 sysctl.default_config`.", effect: .read
  ) { _, context in .string(defaultPath(context)) }

  static func defaultPath(_ context: FunctionContext) -> String {
    context.files.isDirectory("/run/systemd/system") ? "/etc/sysctl.d/99-salt.conf" : "/etc/sysctl.conf"
  }

  static func read(_ path: String, _ context: FunctionContext) throws -> SysctlFile {
    do { return SysctlFile(parsing: try context.files.readText(path, limit: 1 << 20)) } catch {
      throw FunctionError(.failed, error.message)
    }
  }

  /// The running kernel's value; nil when it has no such parameter.
  static func current(_ name: String, _ context: FunctionContext) async throws -> String? {
    let result = try await context.commands.run("sysctl", "-n", "--", try checked(name))
    let text = result.outputText.trimmed()
    return result.isSuccess && !text.isEmpty ? text : nil
  }

  private static func assign(_ name: String, _ value: String, _ context: FunctionContext) async throws {
    let result = try await context.commands.run("sysctl", "-w", "--", "\(name)=\(value)")
    guard result.isSuccess, !result.errorText.contains("Invalid argument") else {
      let words = result.errorText.trimmed()
      throw FunctionError(.failed, "sysctl -w failed: \(words.isEmpty ? result.outputText.trimmed() : words)")
    }
  }

  private static func write(_ file: SysctlFile, _ path: String, _ context: FunctionContext) throws {
    do {
      if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        try context.files.makeDirectory(String(path[..<slash]))
      }
      try context.files.write(path, text: file.text)
    } catch { throw FunctionError(.failed, error.message) }
  }

  private static func checked(_ arguments: Arguments) throws -> (name: String, value: String) {
    let value = arguments.string("value")
    guard !value.contains(where: \.isNewline), !value.utf8.contains(0) else {
      throw FunctionError(.badArguments, "'value' has to be one line.")
    }
    return (try checked(arguments.string("name")), value)
  }

  private static func checked(_ name: String) throws -> String {
    let isName = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._-/:@".utf8.contains(byte)
    }
    guard isName, let first = name.first, first != "-" else {
      throw FunctionError(.badArguments, "'\(name)' is not the name of a kernel parameter.")
    }
    return name
  }
}
