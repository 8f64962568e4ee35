import OrderedCollections
import Value

/// Asks for a file of an environment: what it is, and its content too when it is small and new to the minion.
public struct FileFindRequest: Sendable, Hashable {
  /// Files of up to so many bytes come with the answer.
  public static let inlineLimit = 256 << 10

  public var environment: EnvironmentName
  public var path: FilePath
  /// The content that the minion has for it; that one is not sent again.
  public var known: FileDigest?

  public init(environment: EnvironmentName, path: FilePath, known: FileDigest? = nil) {
    self.environment = environment
    self.path = path
    self.known = known
  }

  var fields: ValueMap {
    [
      "env": .string(environment.text), "path": .string(path.text),
      "known": known.map { .string($0.text) } ?? .null,
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    environment = try fields.environment("env")
    path = try fields.path("path")
    known = try fields.optionalDigest("known")
  }
}
