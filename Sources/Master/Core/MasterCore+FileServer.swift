import OrderedCollections
import Store
import Value
import Wire

/// What operators ask of the file server. It reads directories and git repositories off the loop.
extension MasterCore {
  /// Paths in one part of an answer.
  private static let pathsPerPart = 5000

  func use(gitUpdate: @escaping @Sendable (FileServerQuery.Backend) async -> [String: String]) {
    self.gitUpdate = gitUpdate
  }

  func fileServer(_ query: FileServerQuery, _ stream: StreamKey, _ person: StoredOperator) throws(OperatorRefusal) {
    try auditOrRefuse(person.name, query.name, [:])
    let (fileServer, gitUpdate) = (fileServer, gitUpdate)
    Task.detached { [weak self] in
      switch query {
      case .update(let backend):
        let problems = await gitUpdate(backend)
        let shown = problems.sorted { $0.key < $1.key }.map { (Value.string($0.key), Value.string($0.value)) }
        await self?.answer([.value(["problems": .map(ValueMap(uniqueKeysWithValues: shown))])], stream)
      case .environments:
        await self?.answer([Self.environments(await fileServer.ask(.environments))], stream)
      case .list(let kind, let environment, let below):
        var bodies: [OperatorReply.Body] = []
        do throws(FleetRefusal) {
          let paths = try await fileServer.paths(kind, environment, below: below)
          for start in stride(from: 0, to: paths.count, by: Self.pathsPerPart) {
            bodies.append(.part(["paths": .strings(Array(paths[start...].prefix(Self.pathsPerPart)))]))
          }
          bodies.append(.value(["count": .int(Int64(paths.count))]))
        } catch {
          bodies = [.refused(OperatorRefusal(.unavailable, error.reason))]
        }
        await self?.answer(bodies, stream)
      }
    }
  }

  private static func environments(_ reply: FleetReply) -> OperatorReply.Body {
    guard case .environments(let names) = reply else {
      return .refused(OperatorRefusal(.unavailable, "The environments cannot be listed."))
    }
    return .value(["environments": .strings(names.map(\.text))])
  }

  private func answer(_ bodies: [OperatorReply.Body], _ stream: StreamKey) {
    for body in bodies where !reply(stream, body) { return }
  }
}
