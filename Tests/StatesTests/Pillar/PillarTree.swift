import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Sealing
import Value

@testable import States

/// A pillar on disk, compiled for a test.
struct PillarTree {
  let host: TreeHost
  var commands: any CommandRunner = ScriptedCommands { _ in CommandResult(exit: 127) }
  var options: ValueMap = [:]
  var grains: ValueMap = [:]
  var keys: [SealingKey] = []
  var id = "m1"

  /// - Parameter files: texts by path below the base environment's root.
  init(_ files: [String: String]) throws {
    host = try TreeHost(Dictionary(uniqueKeysWithValues: files.map { ("pillar/\($0)", $1) }))
  }

  /// One SLS for everybody.
  init(sls text: String) throws { try self.init(["top.sls": "base: {'*': [a]}\n", "a.sls": text]) }

  private static let failing = Function(
    "test.fail", "", effect: .read, parameters: [.required("text", .string, "")]
  ) { arguments, _ in throw FunctionError(.failed, arguments.string("text")) }

  func compile(
    override: ValueMap = [:], secrets: PillarSecretHandling = .opened, templates: JinjaRenderer = JinjaRenderer()
  ) async -> CompiledPillar {
    var context = host.context(options)
    context.commands = commands
    context.registry = FunctionRegistry([Self.failing])
    context.options["id"] = .string(id)
    context.grains = grains
    context.grains["id"] = .string(id)
    context.templates = templates
    return await PillarCompiler(
      context: context, override: override, keyring: PillarKeyring(keys), secrets: secrets
    ).compile()
  }

  func sealed(_ secret: String, for audience: String? = nil) throws -> String {
    try SealedPillarValue.seal(Secret(secret), for: audience, to: PillarSealWord(keys[0].publicKey)).text
  }
}
