/// `loop` within a `for`.
final class LoopObject: EvaluatingObject, SizedObject {
  private var source: LoopSource
  private var position = 0
  /// Elements that the test of the loop has let in already, since something asked for what comes next.
  private var ahead: [TemplateValue] = []
  private var aheadPosition = 0
  private var index = -1
  private var current: TemplateValue?
  private var previous: TemplateValue?
  private var lastChanged: [TemplateValue]?
  private let level: Int
  private let loop: ForLoop
  /// Weak, since the frame holds the loop, and a loop may be kept when the frame is gone.
  private weak var frame: Frame?
  private unowned let evaluation: Evaluation

  init(_ source: LoopSource, level: Int, _ loop: ForLoop, _ frame: Frame, _ evaluation: Evaluation) {
    self.source = source
    self.level = level
    self.loop = loop
    self.frame = frame
    self.evaluation = evaluation
  }

  deinit {
    var values = ahead + source.release() + (lastChanged ?? [])
    if let current { values.append(current) }
    if let previous { values.append(previous) }
    (ahead, lastChanged, current, previous) = ([], nil, nil, nil)
    Teardown.release(&values)
  }

  var typeName: String { "LoopContext" }
  var text: String { "<LoopContext \(index + 1)/\(length)>" }
  var length: Int { (try? count()) ?? 0 }

  /// The next element that the test lets in.
  func advance() throws -> TemplateValue? {
    var next: TemplateValue?
    if aheadPosition < ahead.count {
      next = ahead[aheadPosition]
      aheadPosition += 1
    } else {
      next = try admitted()
    }
    guard let next else { return nil }
    index += 1
    previous = current
    current = next
    return next
  }

  private func admitted() throws -> TemplateValue? {
    while let element = try source.element(position) {
      position += 1
      if loop.test == nil { return element }
      guard let frame else { throw Self.isOver }
      if try evaluation.admits(element, loop, frame) { return element }
    }
    return nil
  }

  private static let isOver = TemplateFailure(.operation, "the loop is over, and so is what it stood in")

  private func peek() throws -> TemplateValue? {
    if aheadPosition < ahead.count { return ahead[aheadPosition] }
    guard let next = try admitted() else { return nil }
    ahead.append(next)
    return next
  }

  private func count() throws -> Int {
    if loop.test == nil { return source.count }
    while let next = try admitted() { ahead.append(next) }
    return index + 1 + ahead.count - aheadPosition
  }

  func attribute(_ name: String) throws -> TemplateValue? {
    switch name {
    case "index": return .int(Int64(index + 1))
    case "index0": return .int(Int64(index))
    case "first": return .bool(index == 0)
    case "last":
      if let _ = try peek() { return .bool(false) }
      return .bool(true)
    case "length": return .int(Int64(try count()))
    case "revindex": return .int(Int64(try count() - index))
    case "revindex0": return .int(Int64(try count() - index - 1))
    case "depth": return .int(Int64(level + 1))
    case "depth0": return .int(Int64(level))
    case "previtem":
      return index > 0 ? previous : evaluation.undefined(Undefined(name: name, owner: "there is no previous item"))
    case "nextitem":
      return try peek() ?? evaluation.undefined(Undefined(name: name, owner: "there is no next item"))
    case "cycle", "changed": return .object(LoopMethod(self, name))
    default: return nil
    }
  }

  func cycle(_ arguments: TemplateArguments) throws -> TemplateValue {
    guard !arguments.positional.isEmpty else { throw TemplateFailure(.operation, "no items for cycling given") }
    return arguments.positional[max(0, index) % arguments.positional.count]
  }

  func changed(_ arguments: TemplateArguments) -> TemplateValue {
    if let lastChanged, evaluation.equals(.tuple(lastChanged), .tuple(arguments.positional)) { return .bool(false) }
    lastChanged = arguments.positional
    return .bool(true)
  }

  /// `loop(elements)` in a recursive loop: prints the loop for them.
  func call(_ arguments: TemplateArguments, in evaluation: Evaluation) throws -> TemplateValue? {
    guard loop.isRecursive else {
      throw TemplateFailure(
        .operation, "The loop must have the 'recursive' marker to be called recursively.")
    }
    guard let frame else { throw Self.isOver }
    let source = try LoopSource(try arguments.bind("loop", .required("iterable"))[0], evaluation)
    let text = try evaluation.step("the recursive loop", in: frame.template) {
      try evaluation.capture { try evaluation.runRecursive(loop, source, level: level + 1, frame) }
    }
    return .string(text)
  }
}
