import CLinux
import Glibc

/// What a program reads on standard input, as a file in memory: unlike a pipe it needs nobody who writes while the program
/// runs, and a program that does not read it all breaks nothing.
enum InputFile {
  /// - Returns: a descriptor at the beginning of the input; the caller's to close.
  static func open(_ input: Command.Input) throws(HostError) -> Int32 {
    switch input {
    case .none: return try checked(Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC))
    case .bytes(let bytes): return try file(of: bytes)
    case .secret(let secret): return try secret.withBytes { (bytes) throws(HostError) in try file(of: bytes) }
    }
  }

  private static func file(of bytes: [UInt8]) throws(HostError) -> Int32 {
    let descriptor = try checked(brine_memory_file())
    do {
      try HostFiles.writeAll(descriptor, bytes, path: "a program's input")
    } catch {
      close(descriptor)
      throw error
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func checked(_ descriptor: Int32) throws(HostError) -> Int32 {
    guard descriptor >= 0 else { throw HostError(errno: errno, "open", "a program's input") }
    return descriptor
  }
}
