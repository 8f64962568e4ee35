import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

extension FileFunctions {
  static let status = [stats, lstat, getMode, statvfs, diskusage]

  private static let stats = Function.guarded(
    "file.stats", "Returns what the file system knows of a file.",
    details: """
      A map with `inode`, `uid`, `gid`, `group`, `user`, `atime`, `mtime`, `ctime`, `size`, `mode` (`0644`), `sum` \
      (when \
      asked for), `type` (file, dir, link, block, char, pipe, socket) and `target` (the path with links followed). A \
      missing file is an error.

      Example: `brine run 'web*' file.stats /etc/nginx/nginx.conf sha256`
      """,
    effect: .inspect,
    parameters: [path, .optional("hash_type", .string, "Also give the digest: \(FileDigest.names)."), followSymlinks]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let isFollowing = arguments.bool("follow_symlinks")
    let status =
      context.files.status(path, followingLinks: isFollowing) ?? context.files.status(path, followingLinks: false)
    guard let status else { throw missing(path) }
    let owner = try FileOwner(context)
    var map: ValueMap = [
      "inode": .integer(status.inode), "uid": .integer(status.uid), "gid": .integer(status.gid),
      "group": try await owner.group(status.gid), "user": try await owner.user(status.uid),
      "atime": .double(status.accessTime), "mtime": .double(status.modificationTime),
      "ctime": .double(status.changeTime), "size": .int(status.size), "mode": .string(FileMode.text(status.mode)),
    ]
    if let form = arguments.optionalString("hash_type"), !form.isEmpty {
      map["sum"] = .string(try await FileDigest.named(form).digest(of: path, context))
    }
    map["type"] = .string(status.kind.rawValue)
    let normal = PathText.normalized(path)
    map["target"] = .string(isFollowing ? context.files.realPath(path) ?? normal : normal)
    return .map(map)
  }

  private static let lstat = Function.guarded(
    "file.lstat", "Returns the raw attributes of a file or link.",
    details: """
      A map with `st_atime`, `st_ctime`, `st_gid`, `st_mode`, `st_mtime`, `st_nlink`, `st_size`, `st_uid`; empty when \
      there is nothing at the path.

      Example: `brine run web1 file.lstat /etc/localtime`
      """,
    effect: .read, parameters: [path]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let status = context.files.status(path, followingLinks: false) else { return [:] }
    return [
      "st_atime": .double(status.accessTime), "st_ctime": .double(status.changeTime), "st_gid": .integer(status.gid),
      "st_mode": .integer(status.mode | kindBits(status.kind)), "st_mtime": .double(status.modificationTime),
      "st_nlink": .integer(status.links), "st_size": .int(status.size), "st_uid": .integer(status.uid),
    ]
  }

  private static let getMode = Function.guarded(
    "file.get_mode", "Returns a file's permission bits.",
    details: "Four octal digits as a string, `0644`. Example: `brine run '*' file.get_mode /etc/shadow`", effect: .read,
    parameters: [path, followSymlinks]
  ) { arguments, context in
    .string(FileMode.text(try found(arguments, context).mode))
  }

  private static let statvfs = Function.guarded(
    "file.statvfs", "Returns size and free space of the file system that a path is on.",
    details: """
      A map with `f_bavail`, `f_bfree`, `f_blocks`, `f_bsize`, `f_favail`, `f_ffree`, `f_files`, `f_flag`, `f_frsize`, \
      `f_namemax`; blocks are of `f_frsize` bytes.

      Example: `brine run '*' file.statvfs /var`
      """,
    effect: .inspect, parameters: [path]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let buffer = try context.files.fileSystem(of: path)
    return [
      "f_bavail": .integer(buffer.f_bavail), "f_bfree": .integer(buffer.f_bfree),
      "f_blocks": .integer(buffer.f_blocks), "f_bsize": .integer(buffer.f_bsize),
      "f_favail": .integer(buffer.f_favail), "f_ffree": .integer(buffer.f_ffree),
      "f_files": .integer(buffer.f_files), "f_flag": .integer(buffer.f_flag), "f_frsize": .integer(buffer.f_frsize),
      "f_namemax": .integer(buffer.f_namemax),
    ]
  }

  private static let diskusage = Function.guarded(
    "file.diskusage", "Returns the size of a file, or of all files below a directory.",
    details: """
      Bytes; a file with several names counts once, links to directories are not followed. Example: `brine run '*' \
      file.diskusage /var/log`
      """,
    effect: .inspect, parameters: [path]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let status = context.files.status(path) else { throw missing(path) }
    guard status.kind == .dir else { return .int(status.size) }
    var seen: Set<[UInt64]> = []
    var total: Int64 = 0
    try FileTree.walk(path, context.files) { item in
      guard item.depth > 0, item.status.kind != .dir, let file = item.followed(context.files), file.kind != .dir,
        seen.insert([file.device, file.inode]).inserted
      else { return }
      total = total.addingReportingOverflow(file.size).partialValue
    }
    return .int(total)
  }

  /// The status of the path of a call with `path` and `follow_symlinks`.
  static func found(_ arguments: Arguments, _ context: FunctionContext) throws -> FileStatus {
    let path = try AbsolutePath.argument("path", of: arguments)
    let status =
      context.files.status(path, followingLinks: arguments.bool("follow_symlinks"))
      ?? context.files.status(path, followingLinks: false)
    guard let status else { throw missing(path) }
    return status
  }

  private static func kindBits(_ kind: FileStatus.Kind) -> UInt32 {
    switch kind {
    case .file: S_IFREG
    case .dir: S_IFDIR
    case .link: S_IFLNK
    case .block: S_IFBLK
    case .char: S_IFCHR
    case .pipe: S_IFIFO
    case .socket: S_IFSOCK
    }
  }
}
