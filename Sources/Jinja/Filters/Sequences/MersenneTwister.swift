/// The generator of Python's `random.Random(seed)`: MT19937 (Matsumoto and Nishimura, 1998).
struct MersenneTwister {
  private var state: [UInt32]
  private var index = 624

  /// - Parameter key: at least one word.
  init(key: [UInt32]) {
    let key = key.isEmpty ? [0] : key
    state = [19_650_218]
    for index in 1..<624 {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index))
    }
    var position = 1
    var keyIndex = 0
    for _ in 0..<max(624, key.count) {
      let last = state[position - 1]
      state[position] = (state[position] ^ ((last ^ (last >> 30)) &* 1_664_525)) &+ key[keyIndex] &+ UInt32(keyIndex)
      advance(&position)
      keyIndex = (keyIndex + 1) % key.count
    }
    for _ in 0..<623 {
      let last = state[position - 1]
      state[position] = (state[position] ^ ((last ^ (last >> 30)) &* 1_566_083_941)) &- UInt32(position)
      advance(&position)
    }
    state[0] = 0x8000_0000
  }

  /// A number from 0 up to, but without, a bound of at least 1, as Python's `_randbelow` draws it.
  mutating func below(_ bound: Int) -> Int {
    let bits = Int.bitWidth - bound.leadingZeroBitCount
    var number = draw(bits)
    while number >= bound { number = draw(bits) }
    return number
  }

  private mutating func draw(_ bits: Int) -> Int {
    guard bits > 0 else { return 0 }
    if bits <= 32 { return Int(next() >> UInt32(32 - bits)) }
    let low = UInt64(next())
    let high = UInt64(next() >> UInt32(64 - bits))
    return Int(truncatingIfNeeded: high << 32 | low)
  }

  private mutating func advance(_ position: inout Int) {
    position += 1
    guard position >= 624 else { return }
    state[0] = state[623]
    position = 1
  }

  private mutating func next() -> UInt32 {
    if index >= 624 { refill() }
    var number = state[index]
    index += 1
    number ^= number >> 11
    number ^= (number << 7) & 0x9d2c_5680
    number ^= (number << 15) & 0xefc6_0000
    return number ^ (number >> 18)
  }

  private mutating func refill() {
    for position in 0..<624 {
      let bits = (state[position] & 0x8000_0000) | (state[(position + 1) % 624] & 0x7fff_ffff)
      state[position] = state[(position + 397) % 624] ^ (bits >> 1) ^ (bits & 1 == 1 ? 0x9908_b0df : 0)
    }
    index = 0
  }
}
