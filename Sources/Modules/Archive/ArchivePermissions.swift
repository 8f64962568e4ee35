import HostSystem

/// Permissions of what was extracted.
enum ArchivePermissions {
  /// Gives files 0644 and directories 0755 in place of what the archive has.
  static func reset(_ members: [ArchiveMember], in directory: String, _ files: HostFiles) throws {
    for member in members {
      let path = PathText.child(member.path, of: directory)
      switch member.kind {
      case .directory: try files.setAttributes(path, below: directory, uid: nil, gid: nil, mode: 0o755)
      case .file: try files.setAttributes(path, below: directory, uid: nil, gid: nil, mode: 0o644)
      default: continue
      }
    }
  }

  /// Takes setuid, setgid and sticky bits away.
  static func withoutPrivileges(_ members: [ArchiveMember], in directory: String, _ files: HostFiles) throws {
    for member in members where member.isPrivileged {
      let path = PathText.child(member.path, of: directory)
      guard let status = files.status(path, followingLinks: false), status.kind != .link, status.mode & 0o7000 != 0
      else { continue }
      try files.setAttributes(path, below: directory, uid: nil, gid: nil, mode: status.mode & 0o777)
    }
  }
}
