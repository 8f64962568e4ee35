/// Python's `range`: numbers that are made when they are needed.
final class RangeObject: SizedObject, ContainerObject, ComparableObject {
  /// As many as Jinja's sandbox allows.
  static let longest = 100_000
  let start: Int64
  let stop: Int64
  let step: Int64
  let length: Int

  /// - Throws: a step of zero, and more than 100,000 numbers.
  init(start: Int64, stop: Int64, step: Int64) throws {
    guard step != 0 else { throw TemplateFailure(.operation, "range() arg 3 must not be zero") }
    self.start = start
    self.stop = stop
    self.step = step
    let isEmpty = step > 0 ? start >= stop : start <= stop
    let distance = start < stop ? UInt64(bitPattern: stop &- start) : UInt64(bitPattern: start &- stop)
    let count = isEmpty ? 0 : (distance - 1) / step.magnitude + 1
    guard count <= UInt64(Self.longest) else {
      throw TemplateFailure(
        .limit, "Range too big. The sandbox blocks ranges larger than MAX_RANGE (\(Self.longest)).")
    }
    length = Int(count)
  }

  var typeName: String { "range" }
  var text: String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }
  var isTrue: Bool { length > 0 }

  private func number(_ index: Int) -> Int64 { start &+ Int64(index) &* step }

  func elements() -> [TemplateValue]? { (0..<length).map { .int(number($0)) } }

  func item(_ key: TemplateValue) -> TemplateValue? {
    guard case .int(let index)? = Number(key) else { return nil }
    let position = index < 0 ? index + Int64(length) : index
    return position >= 0 && position < Int64(length) ? .int(number(Int(position))) : nil
  }

  func attribute(_ name: String) -> TemplateValue? {
    switch name {
    case "start": .int(start)
    case "stop": .int(stop)
    case "step": .int(step)
    case "count", "index": .object(FunctionObject(name) { try self.search(name, $0, $1) })
    default: nil
    }
  }

  private func search(
    _ name: String, _ arguments: TemplateArguments, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let value = try arguments.bind(name, .required("value"))[0]
    let isWithin = contains(value, in: evaluation) ?? false
    if name == "count" { return .int(isWithin ? 1 : 0) }
    guard isWithin, case .int(let number)? = Number(value) else {
      throw TemplateFailure(.operation, "\(try evaluation.representation(value)) is not in range")
    }
    return .int((number &- start) / step)
  }

  func contains(_ element: TemplateValue, in evaluation: Evaluation) -> Bool? {
    guard case .int(let number)? = Number(element) else { return nil }
    guard length > 0, step > 0 ? (start..<stop).contains(number) : number <= start && number > stop else {
      return false
    }
    return (number &- start) % step == 0
  }

  func equals(_ other: any TemplateObject, in evaluation: Evaluation) -> Bool {
    guard let other = other as? RangeObject, length == other.length else { return false }
    return length == 0 || (start == other.start && (length == 1 || step == other.step))
  }
}
