import Hashing

/// Chance.
enum RandomFilters {
  static var all: [Filter] {
    [
      Filter("random", "do_random", hidden: 1) { value, _, evaluation in
        switch value {
        case .int, .double, .bool, .none:
          throw TemplateFailure(.operation, "object of type '\(value.typeName)' has no len()")
        case .dict: throw TemplateFailure(.operation, "a dict has no element at random", hint: "use '|list|random'")
        default:
          return try evaluation.elements(of: value).randomElement()
            ?? ElementFilters.missing("No random item, sequence was empty.", evaluation)
        }
      },
      Filter("random_sample", "sample", .required("size"), .optional("seed")) { value, given, evaluation in
        try evaluation.list(
          sample(evaluation.elements(of: value), evaluation.integer(given[0]), seed: given[1], evaluation))
      },
      Filter("random_shuffle", "shuffle", .optional("seed")) { value, given, evaluation in
        let elements = try evaluation.elements(of: value)
        return try evaluation.list(sample(elements, elements.count, seed: given[0], evaluation))
      },
    ]
  }

  /// With a seed it is the sample that Salt draws.
  private static func sample(
    _ population: [TemplateValue], _ size: Int, seed: TemplateValue, _ evaluation: Evaluation
  ) throws -> [TemplateValue] {
    let count = population.count
    guard size >= 0, size <= count else {
      throw TemplateFailure(.operation, "Sample larger than population or is negative")
    }
    if seed.isNone { return Array(population.shuffled().prefix(size)) }
    var generator = MersenneTwister(key: try key(evaluation.defined(seed)))
    // Python's `random.sample`: from a small population by moving, from a large one by remembering.
    var setSize = 21
    if size > 5 {
      var power = 1
      while power < size * 3 { power *= 4 }
      setSize += power
    }
    var pool = population
    var chosen = Set<Int>()
    return (0..<size).map { index in
      if count <= setSize {
        let position = generator.below(count - index)
        defer { pool[position] = pool[count - index - 1] }
        return pool[position]
      }
      var position = generator.below(count)
      while !chosen.insert(position).inserted { position = generator.below(count) }
      return population[position]
    }
  }

  /// Salt hashes the seed (SHA-512, as text), and Python takes that text and its own hash as one large number.
  private static func key(_ seed: TemplateValue) throws -> [UInt32] {
    guard let text = seed.stringValue else {
      throw TemplateFailure(
        .operation, "object supporting the buffer API required, not '\(seed.typeName)'", hint: "a seed is a text")
    }
    let digest = Array(DigestAlgorithm.sha512.hexadecimal(of: Array(text.utf8)).utf8)
    let bytes = Array((digest + DigestAlgorithm.sha512.digest(of: digest)).reversed())
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }
  }
}
