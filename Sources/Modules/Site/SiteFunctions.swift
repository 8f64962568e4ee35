public import Functions
import Glibc
public import HostSystem
public import Value

/// Functions that a site adds: an executable with a signature file beside it.
///
/// `NAME` with `NAME.json` or `NAME.yaml`. The executable gets `{"arguments": {…}, "grains": {…}, "test": false}` as JSON
/// on standard input and prints its return as JSON. Names, arguments and documentation are treated as the built-in ones.
public enum SiteFunctions {
  public static let defaultDirectory = "/etc/brine/functions.d"

  private static let signatureLimit = 256 << 10
  private static let extensions = [".json", ".yaml", ".yml"]

  /// Reads all directories. What is wrong with one file is a problem of that file only.
  ///
  /// - Parameters:
  ///   - builtIn: names that no site function may have.
  ///   - parse: reads YAML; without it only JSON signatures are read.
  public static func load(
    directories: [String], files: HostFiles, builtIn: Set<String> = [], parse: ((String) throws -> Value)? = nil
  ) -> (functions: [Function], problems: [SiteFunctionProblem]) {
    var functions: [Function] = []
    var problems: [SiteFunctionProblem] = []
    var taken = builtIn
    let modules = Set(builtIn.map { String($0.prefix { $0 != "." }) })
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
          let function = try function(path, signature, files, parse)
          let full = function.signature.name
          guard !taken.contains(full), !builtIn.contains(full) else {
            throw FunctionError(.badArguments, "\(full) is a function already")
          }
          guard !modules.contains(function.signature.module) else {
            throw FunctionError(.badArguments, "\(function.signature.module) is a module of Brine; take another name")
          }
          taken.insert(full)
          functions.append(function)
        } catch {
          problems.append(SiteFunctionProblem(path: path, reason: (error as? FunctionError)?.message ?? "\(error)"))
        }
      }
    }
    return (functions, problems)
  }

  private static func function(
    _ path: String, _ signaturePath: String, _ files: HostFiles, _ parse: ((String) throws -> Value)?
  ) throws -> Function {
    for file in [path, signaturePath] {
      if let reason = refusal(file, files, kind: .file) { throw FunctionError(.failed, "\(file): \(reason)") }
    }
    guard files.isExecutable(path) else { throw FunctionError(.failed, "it is not executable (chmod 755)") }
    let text = try files.readText(signaturePath, limit: signatureLimit)
    let value: Value
    if signaturePath.hasSuffix(".json") {
      value = try JSONParser.parse(text)
    } else if let parse {
      value = try parse(text)
    } else {
      throw FunctionError(.failed, "\(signaturePath) is YAML, which is not read here; write JSON")
    }
    let signature = try SiteSignature.read(value)
    return Function(
      signature.name, signature.summary, details: signature.details, effect: signature.effect,
      parameters: signature.parameters
    ) { arguments, context in
      // Looked at again: it may have been replaced since the minion started.
      if let reason = refusal(path, context.files, kind: .file) {
        throw FunctionError(.failed, "\(signature.name) is not run: \(path): \(reason)")
      }
      return try await SiteProgram(name: signature.name, path: path).run(signature, arguments, context)
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
