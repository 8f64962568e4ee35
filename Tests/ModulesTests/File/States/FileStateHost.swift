import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Value

/// A host below a temporary directory on which states are run.
final class FileStateHost: Sendable {
  let host: DirectoryTestHost
  let context: StateContext
  var files: HostFiles { host.files }

  init(_ content: ValueMap, commands: any CommandRunner = SubprocessRunner(), pillar: ValueMap = pillar) throws {
    host = try DirectoryTestHost([
      "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n",
      "/etc/group": "root:x:0:\ndaemon:x:1:\n",
    ])
    try host.files.makeDirectory("/tmp")
    try Self.write(FileStateCase.served, below: "/srv/salt", host.files)
    try Self.write(content, below: "", host.files)
    context = StateContext(
      functions: FunctionContext(
        commands: commands, files: host.files, options: ["cachedir": "/var/cache"], pillar: pillar,
        source: DirectorySource(files: host.files), templates: PlaceholderTemplates()))
  }

  /// What the facts were recorded with.
  static let pillar: ValueMap = [
    "secret": "s3cret\nline2", "nested": ["key": "deep"], "lst": ["a", "b"], "data": ["b": 1, "a": [1, 2]],
    "b64": "aGVsbG8K",
  ]

  func run(_ name: String, _ arguments: ValueMap, isTest: Bool = false, chunk: ValueMap = [:]) async throws
    -> StateResult
  {
    guard let state = FileStates.all.first(where: { $0.signature.name == name }) else {
      throw FunctionError(.unknownFunction, name)
    }
    var context = context
    context.functions.isTest = isTest
    context.chunk = chunk
    context.lowChunks = [chunk]
    return try await state.body(Arguments(binding: CallArguments(named: arguments), to: state.signature), context)
  }

  static func write(_ content: ValueMap, below base: String, _ files: HostFiles) throws {
    for (key, item) in content {
      var path = base + key.description
      let isDirectory = item["dir"] == true
      while path.hasSuffix("/") { path.removeLast() }
      try files.makeDirectory(isDirectory ? path : String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
      if let target = item["link"]?.stringValue {
        guard symlink(target, files.resolve(path)) == 0 else { throw HostError(errno: errno, "link", path) }
        continue
      }
      if !isDirectory { try files.write(path, bytes(item)) }
      let mode = item["mode"]?.stringValue.flatMap { mode_t($0, radix: 8) } ?? (isDirectory ? 0o755 : 0o644)
      chmod(files.resolve(path), mode)
      if let time = item["mtime"]?.intValue {
        var times = [timespec(tv_sec: Int(time), tv_nsec: 0), timespec(tv_sec: Int(time), tv_nsec: 0)]
        utimensat(AT_FDCWD, files.resolve(path), &times, 0)
      }
    }
  }

  private static func bytes(_ item: Value) -> [UInt8] {
    if let hex = item["hex"]?.stringValue {
      let digits = Array(hex)
      return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
    return Array((item.stringValue ?? item["text"]?.stringValue ?? "").utf8)
  }

  /// All files but those of the test itself, in the form of the facts.
  func snapshot(_ path: String = "") -> ValueMap {
    var found: ValueMap = [:]
    for name in files.entriesIfPresent(path.isEmpty ? "/" : path) {
      let child = "\(path)/\(name)"
      if path.isEmpty, ["etc", "srv", "tmp", "var"].contains(name) { continue }
      guard let status = files.status(child, followingLinks: false) else { continue }
      let digits = String(status.mode, radix: 8)
      let mode = Value.string(String(repeating: "0", count: 4 - digits.count) + digits)
      switch status.kind {
      case .link: found[child] = ["link": .string(files.linkTarget(child) ?? "")]
      case .dir:
        found[child] = ["dir": true, "mode": mode]
        for (key, value) in snapshot(child) { found[key] = value }
      case .file:
        let bytes = (try? files.read(child)) ?? []
        let text = String(validating: bytes, as: UTF8.self)
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        found[child] = text.map { ["text": .string($0), "mode": mode] } ?? ["hex": .string(hex), "mode": mode]
      default: found[child] = ["special": true, "mode": mode]
      }
    }
    return found
  }
}

/// The file server's files below `/srv/salt` of the test's host.
struct DirectorySource: FileSource {
  let files: HostFiles
  private let root = "/srv/salt"

  init(files: HostFiles) { self.files = files }

  func localPath(of path: String, environment: String) async throws -> String? {
    let local = "\(root)/\(path)"
    return environment == "base" && files.isFile(local) ? local : nil
  }

  func files(below directory: String, environment: String) async throws -> [String] {
    walk(directory).filter { files.isFile("\(root)/\($0)") }
  }

  func directories(below directory: String, environment: String) async throws -> [String] {
    walk(directory).filter { files.isDirectory("\(root)/\($0)") }
  }

  func environments() async throws -> [String] { ["base"] }

  func mode(of path: String, environment: String) async throws -> UInt32? { files.status("\(root)/\(path)")?.mode }

  func symlinks(below directory: String, environment: String) async throws -> OrderedDictionary<String, String> {
    var links: OrderedDictionary<String, String> = [:]
    for path in walk(directory) { links[path] = files.linkTarget("\(root)/\(path)") }
    return links
  }

  private func walk(_ directory: String) -> [String] {
    files.entriesIfPresent("\(root)/\(directory)").flatMap { name -> [String] in
      let path = directory.isEmpty ? name : "\(directory)/\(name)"
      return [path] + (files.isDirectory("\(root)/\(path)") ? walk(path) : [])
    }
  }
}

/// Puts values in place of `{{ name }}`: enough to see what a template is given.
struct PlaceholderTemplates: TemplateRenderer {
  func render(
    _ text: String, engine: String, file: String, environment: String, sls: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String {
    var text = text
    for (key, value) in variables { text = text.replacing("{{ \(key) }}", with: value.description) }
    if text.contains("{{") { throw FunctionError(.failed, "\(file): a variable is not there") }
    return text
  }
}
