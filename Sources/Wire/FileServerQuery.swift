import OrderedCollections
import Value

/// What an operator may ask of the master's file server.
public enum FileServerQuery: Sendable, Hashable {
  case environments
  /// Paths of an environment, below a directory.
  case list(FileKind, EnvironmentName, below: FilePath?)
  /// Look at the git repositories now.
  case update(Backend)

  public enum Backend: String, Sendable, CaseIterable {
    /// Repositories of files and those of pillar.
    case all, git
    case gitPillar = "git_pillar"
  }

  /// As roles name it, and the audit log.
  public var name: String {
    switch self {
    case .environments: "fileserver.envs"
    case .list(.files, _, _): "fileserver.file_list"
    case .list(.directories, _, _): "fileserver.dir_list"
    case .list(.symlinks, _, _): "fileserver.symlink_list"
    case .update: "fileserver.update"
    }
  }

  var fields: ValueMap {
    switch self {
    case .environments: ["ask": "environments"]
    case .list(let kind, let environment, let below):
      [
        "ask": "list", "kind": .string(kind.rawValue), "env": .string(environment.text),
        "below": .string(below?.text ?? ""),
      ]
    case .update(let backend): ["ask": "update", "backend": .string(backend.rawValue)]
    }
  }

  init(_ fields: FieldReader) throws(WireError) {
    switch try fields.string("ask", maximum: 32) {
    case "environments": self = .environments
    case "list":
      self = .list(
        try fields.choice("kind", FileKind.self), try fields.environment("env"), below: try fields.optionalPath("below")
      )
    case "update": self = .update(try fields.choice("backend", Backend.self))
    case let other: throw WireError(.badField, "'\(other)' is not asked of the file server")
    }
  }
}
