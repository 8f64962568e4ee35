import Functions
import HostSystem

/// What an archive of one format holds.
struct ArchiveContents: Sendable {
  private let format: ArchiveFormat
  private let context: FunctionContext

  init(_ format: ArchiveFormat, _ context: FunctionContext) {
    self.format = format
    self.context = context
  }

  /// - Parameters:
  ///   - decompressor: for tar, a program that reads what it does not know.
  ///   - words: for tar, more options.
  ///   - count: names to take off each path.
  func members(
    of path: String, decompressor: String?, words: [String], stripping count: Int
  ) async throws -> [ArchiveMember] {
    let members =
      if format == .zip {
        try await ZipProgram(context).list(path)
      } else {
        try await TarProgram(context: context).list(path, words: words, decompressor: decompressor)
      }
    return members.compactMap { $0.stripped(count) }
  }
}
