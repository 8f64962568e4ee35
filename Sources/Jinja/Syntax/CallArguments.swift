/// The arguments of a call, filter or test as they are written.
struct CallArguments: Sendable {
  var positional: [Expression] = []
  var named: [(name: String, value: Expression)] = []
  /// `*list`
  var spreadList: Expression?
  /// `**dict`
  var spreadDict: Expression?

  var isEmpty: Bool { positional.isEmpty && named.isEmpty && spreadList == nil && spreadDict == nil }
  var depth: Int {
    var deepest = 0
    for expression in positional { deepest = max(deepest, expression.depth) }
    for (_, expression) in named { deepest = max(deepest, expression.depth) }
    return max(deepest, spreadList?.depth ?? 0, spreadDict?.depth ?? 0)
  }
}
