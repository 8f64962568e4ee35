import Glibc
import HostSystem
import Master
import OrderedCollections
import Wire

/// What a minion asks of the file server is answered, and never with what lies outside of the roots.
struct FilesSubject: FuzzSubject {
  let seeds = ["base\nfile\na.txt"]
  let tokens = [
    "..", "../", "/", "//", "./", "a.txt", "sub", "sub/b.txt", "out", "out/secret", "loop", "abs", "base", "dev",
    "__env__",
    "../../secret", "\u{0}", "%2e%2e", "\\", "salt://", "|", "?saltenv=dev", "fifo", "é", "e\u{301}",
    String(repeating: "a", count: 256),
    "sub/../a.txt", "abs/a.txt", "up", "up/secret", "\n",
  ]
  private let directory: String
  private let server: FileAnswers

  init(directory: String) throws {
    self.directory = directory
    let files = HostFiles()
    try files.makeDirectory("\(directory)/base/sub")
    try files.makeDirectory("\(directory)/dev")
    try files.write("\(directory)/base/a.txt", text: "inside\n")
    try files.write("\(directory)/base/sub/b.txt", text: "inside too\n")
    try files.write("\(directory)/dev/a.txt", text: "inside dev\n")
    try files.write("\(directory)/secret", text: "SECRET\n")
    for (name, target) in [
      ("out", "../secret"), ("up", ".."), ("abs", "\(directory)/base"), ("loop", "loop"),
      ("proc", "/proc/self/environ"),
    ] { _ = symlink(target, "\(directory)/base/\(name)") }
    _ = mkfifo("\(directory)/base/fifo", 0o600)
    server = FileAnswers(
      roots: ["base": ["\(directory)/base"], "dev": ["\(directory)/dev"], "__env__": ["\(directory)/__env__"]])
  }

  func input(fromCase text: CorpusText) -> [UInt8]? { nil }

  var byteSeeds: [[UInt8]] {
    guard let path = FilePath("a.txt"), let digest = FileDigest(bytes: 0..<32) else { return [] }
    let requests: [FleetRequest] = [
      .environments, .list(FileListRequest(environment: .base, kind: .symlinks, below: nil, after: path)),
      .find(FileFindRequest(environment: .base, path: path, known: nil)),
      .chunk(FileChunkRequest(environment: .base, path: path, digest: digest, offset: 0, length: 100)),
    ]
    return requests.map { MinionMessage.request(id: 1, tickets: [], $0).encoded() } + seeds.map { Array($0.utf8) }
  }

  /// The input is a message, or an environment, what is asked for, and a path.
  func run(_ input: [UInt8]) async -> FuzzOutcome {
    if case .request(_, _, let request)? = try? MinionMessage(decoding: input) { return await outcome(request) }
    let lines = input.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard lines.count == 3, let environment = EnvironmentName(lines[0]), let path = FilePath(lines[2]) else {
      return .refused(lines.count == 3 && EnvironmentName(lines[0]) != nil ? "path" : "environment")
    }
    let find = await outcome(.find(FileFindRequest(environment: environment, path: path, known: nil)))
    if case .wrong = find { return find }
    return await outcome(.list(FileListRequest(environment: environment, kind: .files, below: path)))
  }

  private func outcome(_ request: FleetRequest) async -> FuzzOutcome {
    let reply = await server.answer(request)
    let bytes = MasterMessage.reply(id: 1, ticket: 1, reply).encoded()
    if bytes.count > MasterMessage.maximumSize { return .wrong("\(bytes.count) bytes") }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.utf8.count > 6, text.contains("SECRET") || text.contains("PATH=") { return .wrong("a file from outside") }
    switch reply {
    case .refused(let refusal): return .refused(refusal.reason)
    case .absent: return .refused("absent")
    default: return .accepted
    }
  }
}
