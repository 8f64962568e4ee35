import CLinux
import Glibc

/// What the operating system refused, with the path or the argv and what to do.
public struct HostError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case notFound, permissionDenied, exists, notDirectory, isDirectory, noSpace, tooLarge, invalid, other
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// From `errno`: what was being done, to which path.
  public init(errno number: Int32, _ action: String, _ path: String) {
    let code: Code =
      switch number {
      case ENOENT: .notFound
      case EACCES, EPERM, EROFS: .permissionDenied
      case EEXIST, ENOTEMPTY: .exists
      case ENOTDIR: .notDirectory
      case EISDIR: .isDirectory
      case ENOSPC, EDQUOT: .noSpace
      case EFBIG: .tooLarge
      case EINVAL, ELOOP, ENAMETOOLONG: .invalid
      default: .other
      }
    self.init(code, "cannot \(action) \(path): \(Self.text(of: number))")
  }

  public var description: String { message }

  /// The system's sentence for an error number.
  public static func text(of number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    brine_error_text(number, &buffer, UInt(buffer.count))
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
