import Value

extension StringMethods {
  func searching(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue? {
    switch name {
    case "startswith", "endswith": return .bool(try isAffixed(name, arguments))
    case "find", "index", "rfind", "rindex": return .int(try found(name, arguments))
    case "count": return .int(try counted(arguments))
    default: return nil
    }
  }

  private func isAffixed(_ name: String, _ arguments: TemplateArguments) throws -> Bool {
    let bound = try arguments.bind(name, .required("prefix"), .optional("start"), .optional("end"))
    let (part, _) = try ranged(bound[1], bound[2])
    let candidates: [TemplateValue]
    if case .tuple(let elements) = bound[0] { candidates = elements } else { candidates = [bound[0]] }
    for candidate in candidates {
      guard let text = candidate.stringValue else {
        if case .undefined(let undefined) = candidate { throw undefined.failure }
        throw TemplateFailure(
          .operation, "\(name) first arg must be str or a tuple of str, not \(candidate.typeName)")
      }
      let affix = Array(text.utf8)
      if name == "startswith" ? part.starts(with: affix) : part.suffix(affix.count).elementsEqual(affix) { return true }
    }
    return false
  }

  private func found(_ name: String, _ arguments: TemplateArguments) throws -> Int64 {
    let bound = try arguments.bind(name, .required("sub"), .optional("start"), .optional("end"))
    let part = Array(try evaluation.string(bound[0], "argument 1 of \(name)()").utf8)
    let (text, offset) = try ranged(bound[1], bound[2])
    let index =
      name.hasPrefix("r")
      ? ByteSearch.lastIndex(of: part, in: text, before: text.count)
      : ByteSearch.firstIndex(of: part, in: text, from: 0)
    guard let index else {
      if name.hasSuffix("find") { return -1 }
      throw TemplateFailure(.operation, "substring not found")
    }
    return Int64(text[..<index].count { $0 & 0xc0 != 0x80 } + offset)
  }

  private func counted(_ arguments: TemplateArguments) throws -> Int64 {
    let bound = try arguments.bind("count", .required("sub"), .optional("start"), .optional("end"))
    let part = Array(try evaluation.string(bound[0], "argument 1 of count()").utf8)
    let (text, _) = try ranged(bound[1], bound[2])
    if part.isEmpty { return Int64(text.count { $0 & 0xc0 != 0x80 } + 1) }
    var count: Int64 = 0
    var position = 0
    while let index = ByteSearch.firstIndex(of: part, in: text, from: position) {
      count += 1
      position = index + part.count
    }
    return count
  }

  /// The UTF-8 of the part between two indices of code points, and the code points before it.
  private func ranged(_ start: TemplateValue, _ end: TemplateValue) throws -> (bytes: [UInt8], offset: Int) {
    if start.isNone, end.isNone { return (Array(receiver.utf8), 0) }
    let scalars = Array(receiver.unicodeScalars)
    func bounded(_ value: TemplateValue, _ absent: Int) throws -> Int {
      if value.isNone { return absent }
      let index = try evaluation.integer(value)
      return min(max(index < 0 ? index &+ scalars.count : index, 0), scalars.count)
    }
    let first = try bounded(start, 0)
    let last = try bounded(end, scalars.count)
    var view = String.UnicodeScalarView()
    if first < last { view.append(contentsOf: scalars[first..<last]) }
    return (Array(String(view).utf8), first)
  }
}
