import Glibc

/// A file that parent and child share: what the child was given last, and how far it is. It outlives a crash.
struct FuzzRecord {
  /// Numbers of the record.
  enum Field: Int {
    case executions, accepted, length, startedAt, slowest, slowestLength, wrong, pool
  }

  private static let inputOffset = 4096
  private static let slowestOffset = inputOffset + Mutator.sizeLimit
  private static let size = slowestOffset + Mutator.sizeLimit
  private let base: UnsafeMutableRawPointer

  init(path: String, isNew: Bool) throws {
    let file = open(path, O_RDWR | O_CLOEXEC | (isNew ? O_CREAT | O_TRUNC : 0), 0o600)
    guard file >= 0 else { throw FuzzError("\(path) cannot be opened") }
    defer { close(file) }
    guard ftruncate(file, off_t(Self.size)) == 0,
      let base = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), base != MAP_FAILED
    else { throw FuzzError("\(path) cannot be mapped") }
    self.base = base
  }

  subscript(_ field: Field) -> UInt64 {
    get { base.load(fromByteOffset: field.rawValue * 8, as: UInt64.self) }
    nonmutating set { base.storeBytes(of: newValue, toByteOffset: field.rawValue * 8, as: UInt64.self) }
  }

  /// Keeps an input before it runs.
  func begin(_ input: [UInt8]) {
    let count = min(input.count, Mutator.sizeLimit)
    UnsafeMutableRawBufferPointer(start: base + Self.inputOffset, count: count).copyBytes(from: input.prefix(count))
    self[.length] = UInt64(count)
    self[.startedAt] = FuzzClock.processor()
  }

  /// - Returns: nanoseconds that it took.
  func end() -> UInt64 {
    let time = FuzzClock.processor() - self[.startedAt]
    self[.executions] += 1
    if time > self[.slowest] {
      self[.slowest] = time
      self[.slowestLength] = self[.length]
      base.advanced(by: Self.slowestOffset).copyMemory(
        from: base.advanced(by: Self.inputOffset), byteCount: Int(self[.length]))
    }
    return time
  }

  var input: [UInt8] { bytes(Self.inputOffset, self[.length]) }
  var slowestInput: [UInt8] { bytes(Self.slowestOffset, self[.slowestLength]) }

  private func bytes(_ offset: Int, _ length: UInt64) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: base + offset, count: min(Int(length), Mutator.sizeLimit)))
  }
}
