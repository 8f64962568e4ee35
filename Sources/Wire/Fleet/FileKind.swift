/// What a listing is of.
public enum FileKind: String, Sendable, Hashable, CaseIterable {
  case files, directories, symlinks
}
