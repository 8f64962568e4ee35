/// What Python's generators and iterators are in a template: elements that are made when they are first asked for, and
/// are gone after that. Without `|list` it prints as Python prints it, which is a frequent mistake in templates.
final class FilterGenerator: TemplateObject {
  let typeName: String
  private let function: String?
  /// The closure, which may hold a generator, which may hold one…: released one after the other.
  private final class Producer {
    let produce: (Evaluation) throws -> [TemplateValue]
    init(_ produce: @escaping (Evaluation) throws -> [TemplateValue]) { self.produce = produce }
  }
  private var producer: Producer?
  /// Weak, since the evaluation's variables may hold the generator.
  private weak var evaluation: Evaluation?

  init(
    _ function: String, _ evaluation: Evaluation, _ produce: @escaping (Evaluation) throws -> [TemplateValue]
  ) {
    self.evaluation = evaluation
    typeName = "generator"
    self.function = function
    producer = Producer(produce)
  }

  deinit { Teardown.release(&producer) }

  /// An iterator that is no generator, such as `zip`.
  init(
    typeName: String, _ evaluation: Evaluation, _ produce: @escaping (Evaluation) throws -> [TemplateValue]
  ) {
    self.evaluation = evaluation
    self.typeName = typeName
    function = nil
    producer = Producer(produce)
  }

  var text: String {
    let address = String(UInt(bitPattern: ObjectIdentifier(self).hashValue), radix: 16)
    return function.map { "<generator object \($0) at 0x\(address)>" } ?? "<\(typeName) object at 0x\(address)>"
  }

  func elements() throws -> [TemplateValue]? {
    defer { producer = nil }
    guard let evaluation else { return [] }
    return try producer?.produce(evaluation) ?? []
  }
}
