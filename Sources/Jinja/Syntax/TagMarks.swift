/// The delimiters of tags as bytes, in the order in which they are looked for: the longest first.
struct TagMarks {
  enum Kind { case variable, block, comment, lineStatement, lineComment }

  let blockBegin: [UInt8]
  let blockEnd: [UInt8]
  let variableEnd: [UInt8]
  let commentEnd: [UInt8]
  let lineStatement: [UInt8]?
  let lineComment: [UInt8]?
  let begins: [(kind: Kind, mark: [UInt8])]
  /// For each byte, whether a tag may begin with it.
  let isFirst: [Bool]

  init(_ delimiters: TemplateDelimiters) {
    func mark(_ text: String, _ standard: String) -> [UInt8] { Array((text.isEmpty ? standard : text).utf8) }
    let standard = TemplateDelimiters()
    blockBegin = mark(delimiters.blockBegin, standard.blockBegin)
    blockEnd = mark(delimiters.blockEnd, standard.blockEnd)
    variableEnd = mark(delimiters.variableEnd, standard.variableEnd)
    commentEnd = mark(delimiters.commentEnd, standard.commentEnd)
    lineStatement = delimiters.lineStatement.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    lineComment = delimiters.lineComment.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    var begins: [(kind: Kind, mark: [UInt8])] = [(.variable, mark(delimiters.variableBegin, standard.variableBegin))]
    if let lineStatement { begins.append((.lineStatement, lineStatement)) }
    if let lineComment { begins.append((.lineComment, lineComment)) }
    begins.append((.comment, mark(delimiters.commentBegin, standard.commentBegin)))
    begins.append((.block, blockBegin))
    self.begins = begins.enumerated()
      .sorted { ($1.element.mark.count, $0.offset) < ($0.element.mark.count, $1.offset) }.map(\.element)
    var isFirst = [Bool](repeating: lineStatement != nil || lineComment != nil, count: 256)
    for (_, mark) in begins { if let first = mark.first { isFirst[Int(first)] = true } }
    self.isFirst = isFirst
  }
}
