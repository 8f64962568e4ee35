import Hashing

/// Python's `random.Random(seed)`: the same seed draws the same numbers.
public struct PythonRandom: Sendable {
  private var generator: MersenneTwister

  /// A text: Python takes it and its SHA-512 as one large number.
  public init(seed text: String) {
    let bytes = Array(text.utf8)
    generator = MersenneTwister(key: Self.words(Array((bytes + DigestAlgorithm.sha512.digest(of: bytes)).reversed())))
  }

  /// A number; its sign does not count.
  public init(seed number: Int64) {
    let magnitude = number.magnitude
    generator = MersenneTwister(
      key: magnitude > UInt64(UInt32.max)
        ? [UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)]
        : [UInt32(truncatingIfNeeded: magnitude)])
  }

  /// A number from 0 up to, but without, a bound of at least 1.
  public mutating func below(_ bound: Int) -> Int { generator.below(bound) }

  /// Python's `random.sample`: from a small population by moving, from a large one by remembering.
  ///
  /// - Parameter size: at most as many as there are.
  public mutating func sample<Element>(_ population: [Element], _ size: Int) -> [Element] {
    let count = population.count
    var setSize = 21
    if size > 5 {
      var power = 1
      while power < size * 3 { power *= 4 }
      setSize += power
    }
    var pool = population
    var chosen = Set<Int>()
    var drawn: [Element] = []
    for index in 0..<size {
      if count <= setSize {
        let position = generator.below(count - index)
        drawn.append(pool[position])
        pool[position] = pool[count - index - 1]
      } else {
        var position = generator.below(count)
        while !chosen.insert(position).inserted { position = generator.below(count) }
        drawn.append(population[position])
      }
    }
    return drawn
  }

  /// Bytes, the lowest first, as words of 32 bits.
  private static func words(_ bytes: [UInt8]) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: (bytes.count + 3) / 4)
    for (index, byte) in bytes.enumerated() { words[index / 4] |= UInt32(byte) << UInt32(8 * (index % 4)) }
    return words
  }
}
