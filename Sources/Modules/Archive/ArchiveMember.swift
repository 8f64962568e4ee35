/// One entry of an archive.
struct ArchiveMember: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case directory, file
    case symbolicLink(target: String)
    /// Another name of an earlier entry.
    case hardLink(target: String)
    /// A device, a pipe and what else is no data.
    case special
  }

  /// As the archive has it, without a slash at its end.
  var path: String
  var kind: Kind
  /// Has setuid, setgid or sticky bits.
  var isPrivileged = false

  init(_ path: String, _ kind: Kind, isPrivileged: Bool = false) {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    self.path = String(path)
    self.kind = kind
    self.isPrivileged = isPrivileged
  }

  /// Without the first names of its path; nil where none is left.
  func stripped(_ count: Int) -> ArchiveMember? {
    guard count > 0 else { return self }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > count else { return nil }
    var copy = self
    copy.path = parts.dropFirst(count).joined(separator: "/")
    if case .hardLink(let target) = kind {
      let names = target.split(separator: "/", omittingEmptySubsequences: false)
      copy.kind = .hardLink(target: names.dropFirst(min(count, names.count - 1)).joined(separator: "/"))
    }
    return copy.path.isEmpty ? nil : copy
  }
}
