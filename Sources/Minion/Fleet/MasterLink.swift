public import Functions
public import OrderedCollections
import Synchronization
public import Value
import Wire

/// The master of a joined host, for its functions: files, pillar, events. Nothing is connected before one of them is
/// needed.
public final class MasterLink: MasterAccess, EventSink {
  private let client: FleetClient
  private let cache: FileCache
  private let maximumAge: Double
  private let maximumSize: Int64
  private let known = Mutex<Set<String>>([])

  public var secrets: [String] { known.withLock { Array($0) } }

  /// Nil for a host that has not joined, or whose own files are to count (`file_client: local`).
  public init?(_ configuration: MinionConfiguration) {
    guard !configuration.master.isEmpty, !configuration.masterKey.isEmpty, !configuration.states.isLocal else {
      return nil
    }
    client = FleetClient(configuration)
    cache = FileCache(directory: configuration.cacheDirectory)
    maximumAge = Double(configuration.cacheAge)
    maximumSize = Int64(configuration.cacheSize)
  }

  public func fileSource() -> any FileSource {
    cache.prune(maximumAge: maximumAge, maximumSize: maximumSize)
    return RemoteFileSource(client: client, cache: cache)
  }

  public func pillar(environment: String?, override: ValueMap, saltenv: String?) async throws -> ValueMap {
    let request = PillarRequest(
      environment: try environment.map { try Self.environment($0, "pillarenv") }, override: override,
      saltenv: try saltenv.map { try Self.environment($0, "saltenv") })
    switch try await client.ask(.pillar(request), seconds: 180) {
    case .pillar(let pillar, let secrets):
      known.withLock { $0.formUnion(secrets) }
      return pillar
    // As a compile here would have it: state runs refuse a pillar with errors, in Salt's words.
    case .refused(let refusal) where refusal.code == .unrendered:
      return ["_errors": .strings(refusal.reason.split(separator: "\n").map(String.init))]
    // A master that has no pillar for anybody.
    case .refused(let refusal) where refusal.code == .unsupported: return override
    case .refused(let refusal): throw FunctionError(.failed, "The master gives no pillar: \(refusal.reason)")
    default: throw FunctionError(.failed, "The master answers something else than a pillar.")
    }
  }

  public func send(_ tag: String, _ data: Value) async throws {
    guard let name = EventTag(tag) else {
      throw FunctionError(.badArguments, "The tag '\(tag)' may not be: it is \(EventTag.rule).")
    }
    guard MessagePackWriter.encode(data).count <= FleetEvent.maximumData else {
      throw FunctionError(.badArguments, "The data of an event take at most \(FleetEvent.maximumData >> 10) KiB.")
    }
    // Whoever listens may not be meant to know the pillar.
    let data = SecretRedaction(secrets).redacted(data)
    _ = try await client.answer(.event(FleetEvent(tag: name, data: data)), for: "the event '\(tag)'")
  }

  private static func environment(_ text: String, _ argument: String) throws -> EnvironmentName {
    guard let name = EnvironmentName(text) else {
      throw FunctionError(.badArguments, "\(argument)='\(text)' is no name of an environment.")
    }
    return name
  }
}
