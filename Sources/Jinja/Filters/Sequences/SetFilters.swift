/// Salt's set operations. Two values that Python can hash (strings, tuples) give a set; otherwise the result is a list
/// in the order in which elements came.
enum SetFilters {
  static var all: [Filter] {
    [
      Filter("unique", "unique") { value, _, evaluation in
        let elements = distinct(try evaluation.elements(of: value), evaluation)
        return try isHashable(value) ? .object(TemplateSet(elements, evaluation)) : evaluation.list(elements)
      },
      Filter("union", "union", .required("lst2")) { value, given, evaluation in
        let left = try evaluation.defined(value)
        let right = try evaluation.defined(given[0])
        if isHashable(left), isHashable(right) {
          let both = try evaluation.elements(of: left) + evaluation.elements(of: right)
          return .object(TemplateSet(distinct(both, evaluation), evaluation))
        }
        let both = try evaluation.elements(of: evaluation.binary(.add, left, right))
        return try evaluation.list(distinct(both, evaluation))
      },
      operation("intersect", "intersect", keeps: true),
      operation("difference", "difference", keeps: false),
      Filter("symmetric_difference", "symmetric_difference", .required("lst2")) { value, given, evaluation in
        let left = try evaluation.elements(of: value)
        let right = try evaluation.elements(of: given[0])
        let inLeft = Membership(left)
        let inRight = Membership(right)
        let elements = try distinct(left + right, evaluation).filter { element in
          try inLeft.contains(element, evaluation) != inRight.contains(element, evaluation)
        }
        if isHashable(value), isHashable(given[0]) { return .object(TemplateSet(elements, evaluation)) }
        // Python adds the two lists first, which not all kinds bear.
        _ = try evaluation.binary(.add, value, given[0])
        return try evaluation.list(elements)
      },
    ]
  }

  private static func operation(_ name: String, _ function: String, keeps: Bool) -> Filter {
    Filter(name, function, .required("lst2")) { value, given, evaluation in
      let right = try evaluation.defined(given[0])
      let bothHashable = isHashable(value) && isHashable(right)
      let left = try evaluation.elements(of: value)
      var kept: [TemplateValue]
      if case .list(let list) = right {
        // By their hashes, so that the cost stays linear.
        let membership = Membership(list.elements)
        kept = try left.filter { try membership.contains($0, evaluation) == keeps }
      } else {
        kept = try left.filter { try evaluation.contains(right, $0) == keeps }
      }
      kept = distinct(kept, evaluation)
      return try bothHashable ? .object(TemplateSet(kept, evaluation)) : evaluation.list(kept)
    }
  }

  static func distinct(_ elements: [TemplateValue], _ evaluation: Evaluation) -> [TemplateValue] {
    var seen = Set<TemplateKey>()
    var others: [TemplateValue] = []
    return elements.filter { element in
      if let key = TemplateKey(element) { return seen.insert(key).inserted }
      guard !others.contains(where: { evaluation.equals($0, element) }) else { return false }
      others.append(element)
      return true
    }
  }

  /// What Python can hash.
  static func isHashable(_ value: TemplateValue) -> Bool {
    switch value {
    case .list, .dict, .undefined: false
    case .object(let object): !(object is TemplateSet)
    default: true
    }
  }
}
