import Functions

/// The kinds of archives.
enum ArchiveFormat: String, CaseIterable, Sendable {
  case tar, rar, zip

  /// By the end of a name.
  init?(name: String) {
    let name = name.lowercased()
    let tars = [
      "tar", "tar.gz", "tgz", "tar.bz2", "tbz2", "tbz", "tar.xz", "txz", "tar.lzma", "tlz", "tar.zst", "tzst",
    ]
    if tars.contains(where: { name.hasSuffix(".\($0)") }) {
      self = .tar
    } else if name.hasSuffix(".zip") {
      self = .zip
    } else if name.hasSuffix(".rar") {
      self = .rar
    } else {
      return nil
    }
  }
}
