import Functions
import HostSystem
import OrderedCollections
import Value

/// What a remote has for a wanted revision.
struct GitRemoteRevision: Sendable {
  enum Kind: Sendable { case branch, tag, commit }

  /// What the local branch is to follow.
  enum Upstream: Sendable, Hashable {
    case leave, none
    case branch(String)

    var name: String? { if case .branch(let name) = self { name } else { nil } }
  }

  /// As it was wished for; a hash in small letters.
  private(set) var wish: String
  let references: OrderedDictionary<String, String>
  /// The commit; nil where the remote is empty or has no such revision.
  private(set) var commit: String?
  private(set) var kind: Kind?
  private(set) var upstream = Upstream.none

  /// - Parameter isBare: no revision is looked for.
  init(_ wish: String, remote: String, references: OrderedDictionary<String, String>, isBare: Bool) {
    let isHash = (1...40).contains(wish.utf8.count) && wish.allSatisfy { $0.isASCII && $0.isHexDigit }
    self.references = references
    self.wish = wish
    guard !isBare else { return }
    if wish == "HEAD" {
      guard let head = references["HEAD"] else { return }
      (commit, kind, upstream) = (head, .commit, .leave)
    } else if let head = references["refs/heads/\(wish)"] {
      (commit, kind, upstream) = (head, .branch, .branch("\(remote)/\(wish)"))
    } else if let tag = references["refs/tags/\(wish)^{}"] ?? references["refs/tags/\(wish)"] {
      (commit, kind) = (tag, .tag)
    } else if isHash {
      self.wish = wish.lowercased()
      (commit, kind) = (self.wish, .commit)
    }
  }

  /// The branch that the remote's HEAD is.
  var defaultBranch: String? {
    guard let head = references["HEAD"] else { return nil }
    return references.first { $0.key.hasPrefix("refs/heads/") && $0.value == head }
      .map { String($0.key.dropFirst("refs/heads/".count)) }
  }

  /// How comments call it: `origin/main (1234567)`.
  var location: String {
    let short = GitText.short(commit)
    switch kind {
    case .commit: return wish == "HEAD" ? "remote HEAD (\(short))" : short
    case .branch: return "\(upstream.name ?? wish) (\(short))"
    case .tag: return "\(wish) (\(short))"
    case nil: return "None"
    }
  }

  /// `location` at the beginning of a sentence.
  var subject: String {
    wish == "HEAD" ? location.prefix(1).uppercased() + location.dropFirst().lowercased() : location
  }

  /// Whether a local commit is this one; an abbreviated hash is enough.
  func isSame(as local: String?) -> Bool {
    guard let local, let commit else { return local == nil && commit == nil }
    return kind == .commit ? local.hasPrefix(commit) : local == commit
  }
}
