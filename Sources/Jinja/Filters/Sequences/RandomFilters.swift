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
    var generator = PythonRandom(seed: try text(evaluation.defined(seed)))
    return generator.sample(population, size)
  }

  /// Salt hashes the seed (SHA-512, as text).
  private static func text(_ seed: TemplateValue) throws -> String {
    guard let text = seed.stringValue else {
      throw TemplateFailure(
        .operation, "object supporting the buffer API required, not '\(seed.typeName)'", hint: "a seed is a text")
    }
    return DigestAlgorithm.sha512.hexadecimal(of: Array(text.utf8))
  }
}
