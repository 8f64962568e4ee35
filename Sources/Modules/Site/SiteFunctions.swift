public import Functions
import Glibc
public import HostSystem
public import Value

/// Functions and states that a site adds: an executable with a signature file beside it.
///
/// `NAME` with `NAME.json` or `NAME.yaml`. The executable gets `{"arguments": {…}, "grains": {…}, "test": false}` as JSON
/// on standard input and prints its return as JSON. Names, arguments and documentation are treated as the built-in ones.
/// A signature with `states:` in place of `function:` makes states (`SiteState`).
public enum SiteFunctions {
  public static let defaultDirectory = "/etc/brine/functions.d"

  private static let signatureLimit = 256 << 10
  private static let extensions = [".json", ".yaml", ".yml"]

  /// Reads all directories. What is wrong with one file is a problem of that file only.
  ///
  /// - Parameters:
  ///   - builtIn: names of functions that no site function may have.
  ///   - builtInStates: names of states that no site state may have.
  ///   - parse: reads YAML; without it only JSON signatures are read.
  public static func load(
    directories: [String], files: HostFiles, builtIn: Set<String> = [], builtInStates: Set<String> = [],
    parse: ((String) throws -> Value)? = nil
  ) -> (functions: [Function], states: [StateFunction], problems: [SiteFunctionProblem]) {
    var functions: [Function] = []
    var states: [StateFunction] = []
    var problems: [SiteFunctionProblem] = []
    var taken = builtIn
    var takenStates = builtInStates
    let modules = Set(builtIn.map { String($0.prefix { $0 != "." }) })
    let stateModules = Set(builtInStates.map { String($0.prefix { $0 != "." }) })
    for directory in directories where files.exists(directory) {
      if let reason = refusal(directory, files, kind: .dir) {
        problems.append(SiteFunctionProblem(path: directory, reason: reason))
        continue
      }
      let names = files.entriesIfPresent(directory)
      for name in names where !extensions.contains(where: name.hasSuffix) && !name.hasPrefix(".") {
        let path = "\(directory)/\(name)"
        guard let signature = extensions.lazy.map({ path + $0 }).first(where: { files.exists($0) }) else {
          if files.isFile(path) {
            problems.append(
              SiteFunctionProblem(path: path, reason: "there is no \(name).json or \(name).yaml beside it"))
          }
          continue
        }
        do {
          let description = try description(path, signature, files, parse)
          if description["states"] != nil {
            for state in try SiteState.all(description, path: path) {
              let name = state.signature.name
              try claim(name, "a state", builtInStates, stateModules, &takenStates)
              states.append(state)
            }
          } else {
            let function = try function(path, description)
            try claim(function.signature.name, "a function", builtIn, modules, &taken)
            functions.append(function)
          }
        } catch {
          problems.append(SiteFunctionProblem(path: path, reason: (error as? FunctionError)?.message ?? "\(error)"))
        }
      }
    }
    return (functions, states, problems)
  }

  private static func claim(
    _ name: String, _ kind: String, _ builtIn: Set<String>, _ modules: Set<String>, _ taken: inout Set<String>
  ) throws(FunctionError) {
    guard !taken.contains(name), !builtIn.contains(name) else {
      throw FunctionError(.badArguments, "\(name) is \(kind) already")
    }
    let module = String(name.prefix { $0 != "." })
    guard !modules.contains(module) else {
      throw FunctionError(.badArguments, "\(module) is a module of Brine; take another name")
    }
    taken.insert(name)
  }

  /// The signature file's content, once program and file have been looked at.
  private static func description(
    _ path: String, _ signaturePath: String, _ files: HostFiles, _ parse: ((String) throws -> Value)?
  ) throws -> Value {
    for file in [path, signaturePath] {
      if let reason = refusal(file, files, kind: .file) { throw FunctionError(.failed, "\(file): \(reason)") }
    }
    guard files.isExecutable(path) else { throw FunctionError(.failed, "it is not executable (chmod 755)") }
    let text = try files.readText(signaturePath, limit: signatureLimit)
    if signaturePath.hasSuffix(".json") { return try JSONParser.parse(text) }
    guard let parse else {
      throw FunctionError(.failed, "\(signaturePath) is YAML, which is not read here; write JSON")
    }
    return try parse(text)
  }

  private static func function(_ path: String, _ description: Value) throws -> Function {
    let signature = try SiteSignature.read(description)
    return Function(
      signature.name, signature.summary, details: signature.details, effect: signature.effect,
      parameters: signature.parameters
    ) { arguments, context in
      try checkAgain(path, signature.name, context)
      return try await SiteProgram(name: signature.name, path: path).run(signature, arguments, context)
    }
  }

  /// The program may have been replaced since the minion started.
  static func checkAgain(_ path: String, _ name: String, _ context: FunctionContext) throws(FunctionError) {
    if let reason = refusal(path, context.files, kind: .file) {
      throw FunctionError(.failed, "\(name) is not run: \(path): \(reason)")
    }
  }

  /// What only its owner, root or the user that Brine runs as, can have changed; nil when that is so.
  private static func refusal(_ path: String, _ files: HostFiles, kind: FileStatus.Kind) -> String? {
    guard let status = files.status(path, followingLinks: false) else { return "it does not exist" }
    guard status.kind == kind else { return "it is a \(status.kind.rawValue), not a \(kind.rawValue)" }
    guard status.uid == 0 || status.uid == geteuid() else { return "it belongs to user \(status.uid), not to root" }
    guard status.mode & 0o022 == 0 else { return "others than its owner may write it (chmod go-w)" }
    return nil
  }
}
