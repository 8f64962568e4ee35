import Wire

extension FileServer {
  /// Paths that one answer may have.
  private static let pathLimit = 500_000

  /// Answers, however long it takes.
  func ask(_ request: FleetRequest) async -> FleetReply {
    let arrived = ContinuousClock.now
    while true {
      let reply: FleetReply? = await withCheckedContinuation { continuation in
        let reply = answer(request, arrived: arrived) { continuation.resume(returning: nil) }
        if let reply { continuation.resume(returning: reply) }
      }
      if let reply { return reply }
    }
  }

  /// All paths below a directory.
  ///
  /// - Throws: `FleetRefusal`.
  func paths(
    _ kind: FileKind, _ environment: EnvironmentName, below: FilePath?
  ) async throws(FleetRefusal) -> [String] {
    var paths: [String] = []
    var request = FileListRequest(environment: environment, kind: kind, below: below)
    while true {
      switch await ask(.list(request)) {
      case .listing(let page):
        paths += page.entries.map(\.path.text)
        guard page.hasMore, let last = page.entries.last, paths.count < Self.pathLimit else { return paths }
        request.after = last.path
      case .refused(let refusal): throw refusal
      default: throw FleetRefusal(.failed, "the environment '\(environment)' is not listed")
      }
    }
  }
}
