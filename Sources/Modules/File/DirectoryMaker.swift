import Functions
import HostSystem
import Value

/// Makes directories with what is missing above them, all with the owner and mode asked for.
struct DirectoryMaker: Sendable {
  private let context: FunctionContext
  private let uid: UInt32?
  private let gid: UInt32?
  private let mode: UInt32?

  /// Reads `user`, `group` and `mode` of a call.
  init(_ arguments: Arguments, _ context: FunctionContext) async throws {
    self.context = context
    let owner = try FileOwner(context)
    uid = try await owner.uid(arguments["user"])
    gid = try await owner.gid(arguments["group"])
    mode = try FileMode.parse(arguments["mode"])
  }

  init(_ context: FunctionContext, uid: UInt32?, gid: UInt32?, mode: UInt32?) {
    self.context = context
    self.uid = uid
    self.gid = gid
    self.mode = mode
  }

  func make(_ path: String) throws {
    var missing: [String] = []
    var current = PathText.normalized(path)
    while context.files.status(current, followingLinks: false) == nil, current != "/" {
      missing.append(current)
      current = PathText.dirname(current)
    }
    guard context.files.isDirectory(current) else {
      throw FunctionError(.failed, "'\(current)' is there and is not a directory.")
    }
    try context.stopIfTest("make the directory '\(path)'")
    for directory in missing.reversed() {
      // Nobody looks into it before it has its owner and mode.
      try context.files.makeOneDirectory(directory, mode: 0o700)
      if uid != nil || gid != nil {
        try context.files.setOwner(directory, uid: uid, gid: gid, followingLinks: false)
      }
      try context.files.setMode(directory, mode ?? 0o755)
    }
  }
}
