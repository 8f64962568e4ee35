import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import States
import Synchronization
import Value

@testable import Modules

/// A directory with a case's tree, pillar and files, in which its calls are made.
final class StateCaseHost: Sendable {
  struct Failure: Error, CustomStringConvertible { var description: String }

  /// What a call gave.
  struct Outcome {
    /// Nil when it was thrown.
    var value: Value?
    var error: String?
    var code: Int32
  }

  private let directory: TemporaryDirectory
  var base: String { directory.path }
  /// What `%ROOT%` and `%CACHE%` stand for.
  var root: String { base + "/root" }
  var cache: String { base + "/cache" }
  private let data: Value
  private let host = HostFiles()

  init(_ example: StateCase) throws {
    directory = try TemporaryDirectory()
    let base = directory.path
    // The path must be known before the texts are.
    let (root, cache) = (base + "/root", base + "/cache")
    data = CaseText.replace(example.data) {
      $0.replacing("%ROOT%", with: root).replacing("%CACHE%", with: cache)
    }
    for directory in [root, cache, base + "/state"] { try host.makeDirectory(directory) }
    try plant(data["tree"], in: base + "/files")
    try plant(data["pillar_tree"], in: base + "/pillar")
    for (path, entry) in data["setup"]?.mapValue ?? [:] {
      let name = path.description
      try make(name.hasPrefix("/") ? name : "\(root)/\(name)", entry)
    }
  }

  private func plant(_ tree: Value?, in directory: String) throws {
    for (environment, files) in tree?.mapValue ?? [:] {
      try host.makeDirectory("\(directory)/\(environment)")
      for (path, text) in files.mapValue ?? [:] {
        let place = "\(directory)/\(environment)/\(path)"
        try host.makeDirectory(String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]))
        if text.mapValue == nil { try host.write(place, text: CaseText.text(text)) } else { try make(place, text) }
      }
    }
  }

  private func make(_ path: String, _ entry: Value) throws {
    try host.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    let mode = entry["mode"].flatMap { UInt32($0.description, radix: 8) }
    if let target = entry["symlink"] {
      guard symlink(target.description, path) == 0 else { throw Failure(description: "symlink \(path)") }
    } else if let other = entry["hardlink"]?.description {
      let place = other.hasPrefix("/") ? other : "\(root)/\(other)"
      guard link(place, path) == 0 else { throw Failure(description: "link \(path)") }
    } else if entry["directory"] == true {
      try host.makeDirectory(path)
      _ = chmod(path, mode ?? 0o755)
    } else if let encoded = entry["base64"]?.stringValue {
      try host.write(path, CaseText.bytes(base64: encoded), mode: mode ?? 0o644)
    } else {
      try host.write(path, text: CaseText.text(entry["content"] ?? ""), mode: mode ?? 0o644)
    }
  }

  // MARK: Calls

  static let functions = BuiltInFunctions.registry
  static let states = BuiltInStates.registry

  /// One run as a process of its own would make it.
  func call(isTest: Bool) async -> Outcome {
    let environment = ProcessEnvironment()
    defer { environment.restore() }
    let code = Mutex<Int32>(0)
    var context = FunctionContext(
      commands: SubprocessRunner(), files: HostFiles(), grains: grains, options: options, isTest: isTest,
      registry: Self.functions, states: Self.states)
    context.jobID = "20261125000000000000"
    context.reportExitCode = { new in code.withLock { $0 = new } }
    let call = CallArguments(
      data["call"]?["args"]?.listValue ?? [], named: data["call"]?["kwargs"]?.mapValue ?? [:])
    if let pillar = data["pillar"]?.mapValue, !pillar.isEmpty {
      context.pillar = pillar
      context.source = LocalFileSource(FileRoots(options["file_roots"], fallback: "/nonexistent"))
      context.templates = JinjaRenderer()
    }
    do {
      let value = try await context.registry.call(data["call"]?["fun"]?.description ?? "", call, context)
      return Outcome(value: CaseText.replace(value, back), code: code.withLock { $0 })
    } catch {
      return Outcome(error: back("\(error)"), code: code.withLock { $0 })
    }
  }

  private var id: String { data["id"]?.description ?? "minion" }

  private var grains: ValueMap {
    var grains: ValueMap = [
      "id": .string(id), "nodename": .string(id), "host": .string(id), "os": "Debian", "os_family": "Debian",
      "osfinger": "Debian-12", "osrelease": "12", "osmajorrelease": 12, "oscodename": "bookworm", "kernel": "Linux",
      "osarch": "amd64", "cpuarch": "x86_64", "init": "systemd", "roles": ["web", "db"],
    ]
    for (key, value) in data["grains"]?.mapValue ?? [:] { grains[key] = value }
    // What an earlier run has set is there for the next process.
    let own = try? YAMLParser.parse(host.readText("\(base)/grains"), file: "grains").value
    for (key, value) in own?.mapValue ?? [:] { grains[key] = value }
    return grains
  }

  private var options: ValueMap {
    var options: ValueMap = [
      "id": .string(id), "file_client": "local", "cachedir": .string(cache), "state_dir": .string(base + "/state"),
      "grains_file": .string(base + "/grains"),
      "file_roots": roots("files", data["tree"]), "pillar_roots": roots("pillar", data["pillar_tree"]),
    ]
    for (key, value) in data["config"]?.mapValue ?? [:] { options[key] = value }
    return options
  }

  private func roots(_ folder: String, _ tree: Value?) -> Value {
    var roots: ValueMap = [:]
    for environment in tree?.mapValue?.keys.map(\.description) ?? [] {
      roots[environment] = [.string("\(base)/\(folder)/\(environment)")]
    }
    if roots.isEmpty { roots["base"] = [.string("\(base)/\(folder)/base")] }
    return .map(roots)
  }

  /// The placeholders in place of this host's paths.
  func back(_ text: String) -> String {
    let known = text.replacing(root, with: "%ROOT%").replacing(cache, with: "%CACHE%")
    var rest = known.replacing(TemporaryDirectory.parent + "/brine-", with: "/tmp/brine-")[...]
    var result = ""
    while let range = rest.firstRange(of: "/tmp/brine-") {
      result += rest[..<range.lowerBound] + "%TMP%"
      rest = rest[range.upperBound...].drop { !$0.isWhitespace && $0 != ":" && $0 != "'" }
    }
    return result + rest
  }

  // MARK: Files

  /// All below the root as the cases list it.
  func files() -> ValueMap {
    var found: ValueMap = [:]
    walk("", into: &found)
    return found
  }

  private func walk(_ folder: String, into found: inout ValueMap) {
    for name in host.entriesIfPresent(folder.isEmpty ? root : "\(root)/\(folder)") {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      guard let status = host.status("\(root)/\(path)", followingLinks: false) else { continue }
      let octal = String(status.mode, radix: 8)
      let mode = Value.string(String(repeating: "0", count: max(0, 4 - octal.count)) + octal)
      switch status.kind {
      case .link: found[path] = ["symlink": .string(back(host.linkTarget("\(root)/\(path)") ?? ""))]
      case .dir:
        found[path] = ["directory": true, "mode": mode]
        walk(path, into: &found)
      default:
        let bytes = (try? host.read("\(root)/\(path)")) ?? []
        if let text = String(validating: bytes, as: UTF8.self) {
          found[path] = ["content": .string(back(text)), "mode": mode]
        } else {
          found[path] = ["base64": .string(CaseText.base64(bytes)), "mode": mode]
        }
      }
    }
  }
}
