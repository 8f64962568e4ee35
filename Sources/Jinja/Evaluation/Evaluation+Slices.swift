extension Evaluation {
  /// `value[start:end:step]`.
  func slice(
    _ value: TemplateValue, _ start: TemplateValue?, _ end: TemplateValue?, _ step: TemplateValue?
  ) throws -> TemplateValue {
    switch value {
    case .undefined(let undefined): throw undefined.failure
    case .list(let list): return .list(TemplateList(try slice(list.elements, start, end, step)))
    case .tuple(let elements): return .tuple(try slice(elements, start, end, step))
    case .bytes(let bytes): return .bytes(try slice(bytes, start, end, step))
    case .string(let text), .markup(let text):
      var result = String.UnicodeScalarView()
      try charge(text.utf8.count / 64)
      result.append(contentsOf: try slice(Array(text.unicodeScalars), start, end, step))
      return value.isMarkup ? .markup(String(result)) : .string(String(result))
    case .object(let object):
      guard let range = object as? RangeObject else { break }
      return .object(try slice(range, start, end, step))
    default: break
    }
    return undefined(
      Undefined(name: "slice", owner: "\(value.objectName) has no element slice(\(try sliceText(start, end, step)))"))
  }

  private func sliceText(_ parts: TemplateValue?...) throws -> String {
    try parts.map { try representation($0 ?? .none) }.joined(separator: ", ")
  }

  private func slice<Element>(
    _ elements: [Element], _ start: TemplateValue?, _ end: TemplateValue?, _ step: TemplateValue?
  ) throws -> [Element] {
    let (first, last, step) = try sliceBounds(elements.count, start, end, step)
    if step == 1 { return first < last ? Array(elements[first..<last]) : [] }
    var result: [Element] = []
    var position = first
    while step > 0 ? position < last : position > last {
      result.append(elements[position])
      let (next, overflow) = position.addingReportingOverflow(step)
      if overflow { break }
      position = next
    }
    return result
  }

  private func slice(
    _ range: RangeObject, _ start: TemplateValue?, _ end: TemplateValue?, _ step: TemplateValue?
  ) throws -> RangeObject {
    let (first, last, step) = try sliceBounds(range.length, start, end, step)
    let (stride, overflow) = range.step.multipliedReportingOverflow(by: Int64(step))
    if overflow { throw TemplateFailure(.operation, "the step of the range does not fit in 64 bits") }
    return try RangeObject(
      start: range.start &+ Int64(first) &* range.step, stop: range.start &+ Int64(last) &* range.step, step: stride)
  }

  /// The first index, the one after the last, and the step, as Python takes them.
  private func sliceBounds(
    _ count: Int, _ start: TemplateValue?, _ end: TemplateValue?, _ step: TemplateValue?
  ) throws -> (first: Int, last: Int, step: Int) {
    let step = try sliceIndex(step) ?? 1
    guard step != 0 else { throw TemplateFailure(.operation, "slice step cannot be zero") }
    let (low, high) = step > 0 ? (0, count) : (-1, count - 1)
    func bounded(_ index: Int?, _ absent: Int) -> Int {
      guard let index else { return absent }
      return min(max(index < 0 ? index &+ count : index, low), high)
    }
    let first = bounded(try sliceIndex(start), step > 0 ? low : high)
    return (first, bounded(try sliceIndex(end), step > 0 ? high : low), step)
  }

  private func sliceIndex(_ value: TemplateValue?) throws -> Int? {
    switch value {
    case nil, .some(.none): return nil
    case .undefined(let undefined)?: throw undefined.failure
    case let value?:
      guard let index = Self.index(value) else {
        throw TemplateFailure(
          .operation, "slice indices must be integers or None or have an __index__ method")
      }
      // Python clamps what is far outside; so that sums cannot overflow, so does this.
      return max(min(index, 1 << 60), -(1 << 60))
    }
  }
}
