/// What a loop goes through. A list may grow meanwhile, and is then followed; a dict may not, as in Python.
struct LoopSource {
  private var list: TemplateList?
  private var fixed: [TemplateValue]
  private var dict: TemplateDict?
  private let dictCount: Int

  init(_ value: TemplateValue, _ evaluation: Evaluation) throws {
    if case .list(let list) = value {
      self.list = list
      fixed = []
    } else {
      list = nil
      fixed = try evaluation.elements(of: value)
    }
    switch value {
    case .dict(let dict): self.dict = dict
    case .object(let object): dict = (object as? ViewObject)?.dict
    default: dict = nil
    }
    dictCount = dict?.entries.count ?? 0
  }

  /// Gives up what it holds, to be released one after the other.
  mutating func release() -> [TemplateValue] {
    var values = fixed
    if let list { values.append(.list(list)) }
    if let dict { values.append(.dict(dict)) }
    (list, fixed, dict) = (nil, [], nil)
    return values
  }

  var count: Int { list?.elements.count ?? fixed.count }

  func element(_ index: Int) throws -> TemplateValue? {
    if let dict, dict.entries.count != dictCount {
      throw TemplateFailure(
        .operation, "dictionary changed size during iteration", hint: "loop over 'dict.keys() | list' instead")
    }
    if let list { return index < list.elements.count ? list.elements[index] : nil }
    return index < fixed.count ? fixed[index] : nil
  }
}
