import Functions
import HostSystem
import OrderedCollections
import Value

/// The file of an `x509.*` state: placed as `file.managed` places one, but its content is never shown.
struct ManagedPEM {
  let path: String
  private let context: StateContext
  private var request: ManagedRequest

  /// - Parameter mode: for when none is given.
  init(_ state: String, _ arguments: Arguments, _ context: StateContext, mode: String?) throws {
    path = try StatePath.name(arguments, of: state)
    try StatePath.requireAbsolute(path)
    self.context = context
    request = ManagedRequest(context: context, path: path)
    request.user = arguments["user"]
    request.group = arguments["group"]
    request.mode = arguments.isGiven("mode") ? arguments["mode"] : mode.map(Value.string) ?? .null
    request.makesDirectories = arguments.bool("makedirs")
    request.directoryMode = arguments["dir_mode"]
    request.backup = arguments["backup"]
    request.creates = arguments.bool("create")
    request.followsLinks = arguments.bool("follow_symlinks")
    request.showsChanges = false
  }

  private var files: HostFiles { context.functions.files }

  /// The bytes that are there; nil when there is no file.
  func current() throws -> [UInt8]? { files.isFile(path) ? try CertificateFile.bytes(path, files) : nil }

  /// Not there, and not to be made.
  var isUnwanted: Bool { !request.creates && !files.isFile(path) }

  /// The whole of `file.managed` with this content.
  func place(_ bytes: [UInt8]) async throws -> StateResult {
    var request = request
    request.givenBytes = bytes
    return try await request.run()
  }

  /// Ends a state with Salt's words for it.
  ///
  /// - Parameters:
  ///   - what: `The certificate`.
  ///   - make: the new content; asked for only when something is to be changed.
  func finish(
    _ what: String, changes: ValueMap, isNew: Bool, make: () throws -> [UInt8]
  ) async throws -> StateResult {
    let verb = isNew ? "create" : "recreate"
    if changes.isEmpty {
      var permissions = request
      permissions.replaces = false
      let result = try await permissions.run()
      guard !result.changes.isEmpty else { return StateResult(true, "\(what) is in the correct state") }
      return StateResult(
        context.isTest ? nil : result.result, "\(what) is in the correct state; its file's owner or mode is changed",
        changes: result.changes)
    }
    if context.isTest { return StateResult(nil, "\(what) would have been \(verb)d", changes: changes) }
    let result = try await place(try make())
    guard result.result != false else { throw StateRefusal(result.comment) }
    return StateResult(true, "\(what) has been \(verb)d", changes: changes)
  }
}
