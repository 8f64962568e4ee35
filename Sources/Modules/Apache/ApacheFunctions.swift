public import Functions
import Value

/// `apache.*`: modules, sites and pieces of configuration of Debian's Apache, switched on and off.
public enum ApacheFunctions {
  public static let all: [Function] =
    ApachePart.all.flatMap { [set($0, true), set($0, false), check($0)] } + [version, modules]

  private static func name(_ part: ApachePart) -> Parameter {
    .required(part.word, .string, "The name, with its ending or without.")
  }

  private static func set(_ part: ApachePart, _ enabled: Bool) -> Function {
    let verb = enabled ? "Enable" : "Disable"
    let noun = part.word == "mod" ? "Module" : part.label
    return Function(
      "apache.a2\(enabled ? "en" : "dis")\(part.word)", "Switches a \(part.noun) \(enabled ? "on" : "off").",
      details: "Returns `{Name, \(part.label), Status}`. Apache is not restarted.", effect: .change,
      parameters: [name(part)]
    ) { arguments, context in
      let name = arguments.string(part.word)
      let status: Value =
        context.isTest
        ? .string("\(part.label) \(name) would be \(verb.lowercased())d")
        : try await part.set(name, enabled: enabled, context).status
      return [
        "Name": .string("Apache2 \(verb) \(noun)"), .string(part.label): .string(name), "Status": status,
      ]
    }
  }

  private static func check(_ part: ApachePart) -> Function {
    Function(
      "apache.check_\(part.word)_enabled", "Whether a \(part.noun) is switched on.", effect: .read,
      parameters: [name(part)]
    ) { arguments, context in .bool(try part.isEnabled(arguments.string(part.word), context.files)) }
  }

  private static let version = Function(
    "apache.version", "The version, such as `Apache/2.4.62 (Debian)`.", effect: .inspect
  ) { _, context in
    let line = try await ask("-v", context).first ?? ""
    return .string(line.split(separator: ":", maxSplits: 1).last.map { $0.trimmed() } ?? line)
  }

  private static let modules = Function(
    "apache.modules", "The modules that are compiled in and loaded: `{static: […], shared: […]}`.", effect: .inspect
  ) { _, context in
    var result: [String: [String]] = ["static": [], "shared": []]
    for line in try await ask("-M", context) {
      let words = line.fields()
      guard words.count == 2, let kind = ["static", "shared"].first(where: { "(\($0))" == words[1] }) else { continue }
      result[kind, default: []].append(words[0])
    }
    return ["static": .strings(result["static"] ?? []), "shared": .strings(result["shared"] ?? [])]
  }

  private static func ask(_ option: String, _ context: FunctionContext) async throws -> [String] {
    guard let program = ["apache2ctl", "apachectl"].first(where: { context.commands.which($0) != nil }) else {
      throw FunctionError(.unavailable, "This host has no Apache: neither apache2ctl nor apachectl is there.")
    }
    let result = try await context.commands.run(program, option)
    guard result.isSuccess else {
      throw FunctionError(.failed, OutputTail.failure(of: [program, option], result, lines: 5))
    }
    return result.outputLines
  }
}
