import Value

extension StringMethods {
  func transformed(_ name: String, _ arguments: TemplateArguments) throws -> String? {
    switch name {
    case "upper", "lower", "casefold", "title", "capitalize", "swapcase":
      _ = try arguments.bind(name, [])
      return cased(name)
    case "strip", "lstrip", "rstrip":
      let characters = try arguments.bind(name, .optional("chars"))[0]
      return stripped(
        characters.isNone ? nil : try evaluation.string(characters, "\(name) arg"), start: name != "rstrip",
        end: name != "lstrip")
    case "removeprefix", "removesuffix":
      let part = try evaluation.string(try arguments.bind(name, .required("affix"))[0], "\(name)() argument")
      let bytes = Array(receiver.utf8)
      let affix = Array(part.utf8)
      if name == "removeprefix" {
        return bytes.starts(with: affix) ? String(decoding: bytes[affix.count...], as: UTF8.self) : receiver
      }
      return bytes.suffix(affix.count).elementsEqual(affix)
        ? String(decoding: bytes[..<(bytes.count - affix.count)], as: UTF8.self) : receiver
    case "replace":
      let bound = try arguments.bind(name, .required("old"), .required("new"), .optional("count", .int(-1)))
      let new = try evaluation.string(bound[1], "replace() argument 2")
      return try replaced(
        try evaluation.string(bound[0], "replace() argument 1"), isMarkup ? Markup.escape(new) : new,
        try evaluation.integer(bound[2]))
    case "zfill": return try zeroFilled(try evaluation.integer(try arguments.bind(name, .required("width"))[0]))
    case "ljust", "rjust", "center":
      let bound = try arguments.bind(name, .required("width"), .optional("fillchar", .string(" ")))
      return try justified(
        name, try evaluation.integer(bound[0]), try evaluation.string(bound[1], "the fill character"))
    case "expandtabs":
      return try tabsExpanded(
        try evaluation.integer(try arguments.bind(name, .optional("tabsize", .int(8)))[0]))
    case "translate": return try translated(try arguments.bind(name, .required("table"))[0])
    default: return nil
    }
  }

  private func cased(_ name: String) -> String {
    switch name {
    case "upper": return receiver.uppercased()
    case "lower": return lowered(receiver.unicodeScalars[...])
    case "casefold": return receiver.uppercased().lowercased()
    case "swapcase":
      return receiver.unicodeScalars.map {
        $0.properties.isUppercase ? $0.properties.lowercaseMapping : $0.properties.uppercaseMapping
      }.joined()
    case "capitalize":
      guard let first = receiver.unicodeScalars.first else { return "" }
      return first.properties.titlecaseMapping + lowered(receiver.unicodeScalars.dropFirst())
    default:
      var output = ""
      var isInWord = false
      for scalar in receiver.unicodeScalars {
        output += isInWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
        isInWord = scalar.properties.isCased
      }
      return output
    }
  }

  /// Lower case, with the sigma that ends a word as Greek writes it.
  private func lowered(_ scalars: Substring.UnicodeScalarView) -> String {
    guard scalars.contains("\u{3a3}") else { return String(scalars).lowercased() }
    let all = Array(scalars)
    var output = ""
    for (index, scalar) in all.enumerated() {
      let isFinal =
        scalar == "\u{3a3}" && index > 0 && all[index - 1].properties.isCased
        && !(index + 1 < all.count && all[index + 1].properties.isCased)
      output += isFinal ? "\u{3c2}" : scalar.properties.lowercaseMapping
    }
    return output
  }

  private func stripped(_ characters: String?, start: Bool, end: Bool) -> String {
    let set = characters.map { Set($0.unicodeScalars) }
    func isStripped(_ scalar: Unicode.Scalar) -> Bool { set.map { $0.contains(scalar) } ?? PythonText.isSpace(scalar) }
    var scalars = receiver.unicodeScalars[...]
    if start { while let first = scalars.first, isStripped(first) { scalars.removeFirst() } }
    if end { while let last = scalars.last, isStripped(last) { scalars.removeLast() } }
    return String(scalars)
  }

  private func replaced(_ old: String, _ new: String, _ count: Int) throws -> String {
    let most = count < 0 ? Int.max : count
    let bytes = Array(receiver.utf8)
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    var output: [UInt8] = []
    var done = 0
    if old.isEmpty {
      for byte in bytes {
        if byte & 0xc0 != 0x80, done < most {
          try evaluation.claim(bytes: new.count)
          output += new
          done += 1
        }
        output.append(byte)
      }
      if done < most { output += new }
      return String(decoding: output, as: UTF8.self)
    }
    var position = 0
    while done < most, let index = ByteSearch.firstIndex(of: old, in: bytes, from: position) {
      try evaluation.claim(bytes: new.count)
      output += bytes[position..<index]
      output += new
      position = index + old.count
      done += 1
    }
    if done == 0 { return receiver }
    output += bytes[position...]
    return String(decoding: output, as: UTF8.self)
  }

  private func zeroFilled(_ width: Int) throws -> String {
    let missing = width - receiver.unicodeScalars.count
    guard missing > 0 else { return receiver }
    try evaluation.claim(bytes: missing)
    let zeros = String(repeating: "0", count: missing)
    guard let first = receiver.unicodeScalars.first, first == "-" || first == "+" else { return zeros + receiver }
    return String(first) + zeros + String(receiver.unicodeScalars.dropFirst())
  }

  private func justified(_ name: String, _ width: Int, _ fill: String) throws -> String {
    guard fill.unicodeScalars.count == 1 else {
      throw TemplateFailure(.operation, "The fill character must be exactly one character long")
    }
    let missing = width - receiver.unicodeScalars.count
    guard missing > 0 else { return receiver }
    try evaluation.claim(missing, times: fill.utf8.count)
    func padding(_ count: Int) -> String { String(repeating: fill, count: count) }
    switch name {
    case "ljust": return receiver + padding(missing)
    case "rjust": return padding(missing) + receiver
    default:
      // CPython puts the odd one on the left when the width is odd.
      let left = missing / 2 + (missing & width & 1)
      return padding(left) + receiver + padding(missing - left)
    }
  }

  private func tabsExpanded(_ size: Int) throws -> String {
    var output = ""
    var column = 0
    for scalar in receiver.unicodeScalars {
      switch scalar {
      case "\t":
        let width = size > 0 ? size - column % size : 0
        try evaluation.claim(bytes: width)
        output += String(repeating: " ", count: width)
        column += width
      case "\n", "\r":
        output.unicodeScalars.append(scalar)
        column = 0
      default:
        output.unicodeScalars.append(scalar)
        column += 1
      }
    }
    return output
  }

  private func translated(_ table: TemplateValue) throws -> String {
    guard case .dict(let dict) = table else { throw TemplateFailure(.operation, "translate() takes a dict") }
    var output = ""
    for scalar in receiver.unicodeScalars {
      switch dict.entries[.int(Int64(scalar.value), isBool: false)] {
      case nil: output.unicodeScalars.append(scalar)
      case .some(.none): break
      case .int(let code)?:
        if let mapped = UInt32(exactly: code).flatMap(Unicode.Scalar.init) { output.unicodeScalars.append(mapped) }
      case let value?:
        let text = try evaluation.text(value)
        try evaluation.claim(bytes: text.utf8.count)
        output += text
      }
    }
    return output
  }
}
