/// Whether elements are among others, by hashes where they can be hashed.
struct Membership {
  private var keys = Set<TemplateKey>()
  private var others: [TemplateValue] = []

  init(_ elements: [TemplateValue]) {
    for element in elements {
      if let key = TemplateKey(element) { keys.insert(key) } else { others.append(element) }
    }
  }

  func contains(_ element: TemplateValue, _ evaluation: Evaluation) throws -> Bool {
    let element = try evaluation.defined(element)
    if let key = TemplateKey(element) { return keys.contains(key) }
    try evaluation.charge(others.count)
    return others.contains { evaluation.equals($0, element) }
  }
}
