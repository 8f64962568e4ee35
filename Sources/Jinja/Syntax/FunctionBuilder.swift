/// A part of a template that runs in a frame of its own: the template itself, a macro, a block, a recursive loop.
final class FunctionBuilder {
  var slotCount = 0
  let parent: FunctionBuilder?
  /// Which of `caller`, `kwargs` and `varargs` its body mentions.
  private(set) var mentioned: Set<String> = []

  init(parent: FunctionBuilder?) { self.parent = parent }

  func mention(_ name: String) {
    guard name == "caller" || name == "kwargs" || name == "varargs" else { return }
    var function: FunctionBuilder? = self
    while let current = function {
      current.mentioned.insert(name)
      function = current.parent
    }
  }
}
