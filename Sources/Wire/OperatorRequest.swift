import OrderedCollections
import Value

/// What an operator may ask of the master: a closed set, each passing the one policy gate.
public struct OperatorRequest: WireMessage {
  /// Chosen by the client, repeated in every reply to it.
  public var number: Int64
  public var action: Action

  public enum Action: Sendable, Hashable {
    case status
    /// Who a target means now, without running anything.
    case match(TargetSpecification)
    case run(JobRequest)
    case listJobs(limit: Int64, activeOnly: Bool)
    case showJob(JobID)
    /// All outcomes so far.
    case jobResults(JobID)
    /// All outcomes so far, then each as it comes, until the job is complete.
    case watchJob(JobID)
    case cancelJob(JobID)
    case listKeys
    case showKey(String)
    case invite(idGlob: String, uses: Int64, seconds: Int64)
    case decideKeys(KeyDecision, globs: [String])
    /// Cached grains of the hosts of a target, offline ones too; empty `keys` is all.
    case grains(TargetSpecification, keys: [String])
    case listOperators
    case addOperator(name: String, role: String, publicKey: String, sealingKey: [UInt8])
    case removeOperator(String)
    case verifyAuditLog
    /// A minion's pillar, compiled now; decrypted values only when asked for.
    case showPillar(PillarQuery)
    /// The public half of the key that pillar values are sealed to.
    case pillarKey
    /// Makes a new one.
    case rotatePillarKey
    /// Gives an old one up.
    case removePillarKey(String)
    /// Seals again to the newest key what was sealed to an older one.
    case resealPillar(String)
    case fileServer(FileServerQuery)
    /// A stream of what happens; tags by glob.
    case events(globs: [String])
    /// Ends a stream begun by request `number`.
    case endStream(Int64)
    /// Tickets of replies that were read. There is no answer.
    case read([Int64])
  }

  public static let maximumSize = 4 << 20

  public init(number: Int64, action: Action) {
    self.number = number
    self.action = action
  }

  /// The number of a request of which something else cannot be read, so that whoever asked can be told; 0 when that
  /// cannot be read either.
  public static func number(ofUnreadable bytes: [UInt8]) -> Int64 {
    var limits = ValueLimits()
    limits.bytes = maximumSize
    guard bytes.count <= maximumSize, let value = try? MessagePackReader.decode(bytes, limits: limits),
      case .list(let parts) = value, parts.count >= 3
    else { return 0 }
    return parts[2]["number"]?.intValue ?? 0
  }
}
