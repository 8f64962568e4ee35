import OrderedCollections
import Value

/// Asks what is below a directory of an environment; answered in pages.
public struct FileListRequest: Sendable, Hashable {
  public var environment: EnvironmentName
  public var kind: FileKind
  /// The directory; nil for all of the environment.
  public var below: FilePath?
  /// The last path of the page before; nil for the first page.
  public var after: FilePath?

  public init(environment: EnvironmentName, kind: FileKind, below: FilePath? = nil, after: FilePath? = nil) {
    self.environment = environment
    self.kind = kind
    self.below = below
    self.after = after
  }

  var fields: ValueMap {
    [
      "env": .string(environment.text), "kind": .string(kind.rawValue), "below": .string(below?.text ?? ""),
      "after": .string(after?.text ?? ""),
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    environment = try fields.environment("env")
    kind = try fields.choice("kind", FileKind.self)
    below = try fields.optionalPath("below")
    after = try fields.optionalPath("after")
  }
}
