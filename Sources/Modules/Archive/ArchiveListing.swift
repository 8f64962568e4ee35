import OrderedCollections
import Value

/// The entries of an archive under the names that Salt has for them, sorted.
struct ArchiveListing: Sendable {
  /// Each with a slash at its end.
  private(set) var directories: [String]
  private(set) var files: [String]
  private(set) var links: [String]

  init(_ members: [ArchiveMember]) {
    var (directories, files, links): ([String], [String], [String]) = ([], [], [])
    for member in members {
      switch member.kind {
      case .directory: directories.append(member.path + "/")
      case .symbolicLink: links.append(member.path)
      case .file, .hardLink, .special: files.append(member.path)
      }
    }
    (self.directories, self.files, self.links) = (directories.sorted(), files.sorted(), links.sorted())
  }

  /// The same with the directories that only the paths of files tell, as Salt has it for zip.
  func withParents() -> ArchiveListing {
    var copy = self
    var known = Set(directories)
    for file in files {
      guard let slash = file.lastIndex(of: "/") else { continue }
      known.insert(String(file[...slash]))
    }
    copy.directories = known.sorted()
    return copy
  }

  /// Directories right below where it is extracted, and the one that all entries share.
  var topDirectories: [String] {
    var top = directories.filter { $0.utf8.count { $0 == UInt8(ascii: "/") } == 1 }
    let prefix = Self.commonPrefix(directories + files + links)
    if let slash = prefix.firstIndex(of: "/"), !top.contains(String(prefix[...slash])) {
      top.append(String(prefix[...slash]))
    }
    return top
  }

  var topFiles: [String] { files.filter { !$0.contains("/") } }
  var topLinks: [String] { links.filter { !$0.contains("/") } }

  /// What `archive.list verbose=True` returns.
  var value: Value {
    [
      "dirs": .strings(directories), "files": .strings(files), "links": .strings(links),
      "top_level_dirs": .strings(topDirectories), "top_level_files": .strings(topFiles),
      "top_level_links": .strings(topLinks),
    ]
  }

  private static func commonPrefix(_ texts: [String]) -> Substring {
    guard let least = texts.min(), let greatest = texts.max() else { return "" }
    // All others lie between these two.
    let count = zip(least.unicodeScalars, greatest.unicodeScalars).prefix { $0 == $1 }.count
    return Substring(least.unicodeScalars.prefix(count))
  }
}
