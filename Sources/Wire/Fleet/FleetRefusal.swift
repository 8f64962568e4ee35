import OrderedCollections
import Value

/// Why a master does not answer what a minion asked.
public struct FleetRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// Too much is under way for this minion: ask again in a moment.
    case busy
    /// The file is not (any more) the one of that digest.
    case changed
    /// There is no such environment.
    case notFound = "not-found"
    case forbidden
    /// The pillar has errors: the reason names them, a line each, without what is in its files.
    case unrendered
    /// The master does not do that at all.
    case unsupported
    /// It could not: the reason says why.
    case failed
  }

  public var code: Code
  /// A sentence.
  public var reason: String

  public init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  public var description: String { reason }

  var fields: ValueMap { ["code": .string(code.rawValue), "reason": .string(reason)] }

  init(_ fields: FieldReader) throws(WireError) {
    code = try fields.choice("code", Code.self)
    reason = try fields.string("reason", maximum: 65_536)
  }
}
