import Functions
import HostSystem
import Value

/// The owner and group of what an archive holds.
struct ArchiveOwnership: Sendable {
  struct Outcome: Sendable {
    var hasChanged = false
    var missing: [String] = []
    var failed: [String] = []
  }

  private let request: ArchiveRequest
  private let context: StateContext
  private var files: HostFiles { context.functions.files }

  init(_ request: ArchiveRequest, _ context: StateContext) {
    self.request = request
    self.context = context
  }

  var isWanted: Bool { request.uid != nil || request.gid != nil }

  /// Sets it on the top of the archive and all below, never through a link; only looks under `test=True`.
  func enforce(_ listing: ArchiveListing) throws -> Outcome {
    var outcome = Outcome()
    let tops =
      request.ownershipPath.map { [$0] }
      ?? (listing.topDirectories + listing.topFiles + listing.topLinks).map(request.place)
    for top in tops {
      guard let status = files.status(top, followingLinks: false) else {
        if !context.isTest { outcome.missing.append(top) }
        continue
      }
      guard status.kind == .dir else {
        set(top, status, &outcome)
        continue
      }
      try FileTree.walk(top, files) { item in set(item.path, item.status, &outcome) }
    }
    return outcome
  }

  private func set(_ path: String, _ status: FileStatus, _ outcome: inout Outcome) {
    guard request.uid ?? status.uid != status.uid || request.gid ?? status.gid != status.gid else { return }
    guard !context.isTest else {
      outcome.hasChanged = true
      return
    }
    do {
      try files.setAttributes(path, below: request.path, uid: request.uid, gid: request.gid, mode: nil)
      outcome.hasChanged = true
    } catch { outcome.failed.append(path) }
  }
}
