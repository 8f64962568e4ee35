import Functions
import HostSystem

/// Looks, before anything is extracted, whether all of it would stay where it is to go.
struct ArchiveSafety: Sendable {
  private static let mostLinks = 40

  private let destination: String
  private let files: HostFiles
  /// Links of the archive, by the path where they will lie.
  private var links: [String: String] = [:]

  init(destination: String, _ files: HostFiles) {
    self.destination = PathText.normalized(destination)
    self.files = files
  }

  /// - Throws: `StateRefusal` for an absolute path, a `..`, a link that leads out, a device, and for a way through a link
  ///   that lies there already and leads out.
  static func check(_ members: [ArchiveMember], into destination: String, _ files: HostFiles) throws {
    var safety = ArchiveSafety(destination: destination, files)
    for member in members {
      try safety.checkName(member.path)
      if case .symbolicLink(let target) = member.kind { safety.links[Self.key(member.path)] = target }
    }
    var isChecked: Set<String> = []
    for member in members {
      let path = Self.key(member.path)
      switch member.kind {
      case .special:
        throw StateRefusal("The archive holds a device or pipe, which is not extracted: \(member.path)")
      case .symbolicLink(let target):
        guard !target.hasPrefix("/"), safety.resolve(PathText.dirname(path) + "/" + target) != nil else {
          throw StateRefusal(
            "The archive holds a link that leads out of \(destination): \(member.path) -> \(target)")
        }
      case .hardLink(let target):
        try safety.checkName(target)
        guard safety.resolve(PathText.dirname(Self.key(target))) != nil else {
          throw StateRefusal(
            "The archive holds a link that leads out of \(destination): \(member.path) link to \(target)")
        }
      case .directory, .file: break
      }
      let parent = PathText.dirname(path)
      guard isChecked.insert(parent).inserted else { continue }
      guard safety.resolve(parent) != nil else {
        throw StateRefusal("\(member.path) of the archive would be extracted through a link out of \(destination)")
      }
    }
  }

  private func checkName(_ path: String) throws {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.utf8.contains(0), !path.split(separator: "/").contains("..") else {
      throw StateRefusal(
        "The archive holds a path that is absolute or has '..' in it, which is not extracted: \(path)")
    }
  }

  /// Where a path below the destination is, with all links followed, those of the archive too; nil when it is outside.
  private func resolve(_ path: String) -> String? {
    var rest = path.split(separator: "/").map(String.init).reversed() as [String]
    var place: [String] = []
    var count = 0
    while let name = rest.popLast() {
      switch name {
      case ".": continue
      case "..":
        guard place.popLast() != nil else { return nil }
        continue
      default: place.append(name)
      }
      let current = place.joined(separator: "/")
      guard let target = links[current] ?? files.linkTarget(PathText.child(current, of: destination)) else { continue }
      count += 1
      guard count <= Self.mostLinks else { return nil }
      place.removeLast()
      if target.hasPrefix("/") {
        // A link that lies there already may name its place in full.
        guard let inside = below(PathText.normalized(target)) else { return nil }
        place = []
        rest += inside.split(separator: "/").map(String.init).reversed()
      } else {
        rest += target.split(separator: "/").map(String.init).reversed()
      }
    }
    return place.joined(separator: "/")
  }

  private func below(_ path: String) -> Substring? {
    if path == destination { return "" }
    return path.hasPrefix(destination + "/") ? path.dropFirst(destination.count + 1) : nil
  }

  /// Without `.` and double slashes.
  private static func key(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
