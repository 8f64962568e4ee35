import CSodium

/// Secret bytes on their way through a computation: in one place, never copied, overwritten at the end.
struct KeyMaterial: ~Copyable {
  /// As the C library takes them.
  let pointer: UnsafeMutablePointer<UInt8>
  let count: Int

  /// Zeros to be filled.
  init(count: Int) {
    pointer = .allocate(capacity: max(count, 1))
    pointer.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  init(_ source: [UInt8]) {
    self.init(count: source.count)
    _ = UnsafeMutableBufferPointer(start: pointer, count: count).update(fromContentsOf: source)
  }

  deinit {
    sodium_memzero(pointer, count)
    pointer.deallocate()
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: pointer, count: count) }
}
