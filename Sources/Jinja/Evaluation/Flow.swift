/// How the run of a statement ended.
enum Flow {
  case onward
  /// `{% break %}`: out of the innermost loop.
  case leaveLoop
  /// `{% continue %}`: to the next element.
  case nextElement
}
