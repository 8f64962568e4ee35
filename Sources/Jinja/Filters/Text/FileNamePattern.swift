/// A shell pattern as Python's `fnmatch` reads it: `*`, `?`, `[a-c]`, `[!a]`.
struct FileNamePattern {
  private enum Part {
    case scalar(Unicode.Scalar)
    case any
    case many
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private var parts: [Part] = []

  init(_ pattern: String) {
    let scalars = Array(pattern.unicodeScalars)
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": if case .many? = parts.last {} else { parts.append(.many) }
      case "?": parts.append(.any)
      case "[":
        if let end = Self.end(ofSetAt: index, scalars) {
          parts.append(Self.set(Array(scalars[(index + 1)..<end])))
          index = end
        } else {
          parts.append(.scalar("["))
        }
      default: parts.append(.scalar(scalars[index]))
      }
      index += 1
    }
  }

  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var part = 0
    var position = 0
    var retry: (part: Int, position: Int)?
    while position < scalars.count {
      if part < parts.count, case .many = parts[part] {
        retry = (part, position)
        part += 1
      } else if part < parts.count, Self.matches(parts[part], scalars[position]) {
        part += 1
        position += 1
      } else if let (star, start) = retry {
        // The last star takes one more.
        retry = (star, start + 1)
        part = star + 1
        position = start + 1
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .many = $0 { true } else { false } }
  }

  private static func end(ofSetAt index: Int, _ scalars: [Unicode.Scalar]) -> Int? {
    var end = index + 1
    if end < scalars.count, scalars[end] == "!" { end += 1 }
    if end < scalars.count, scalars[end] == "]" { end += 1 }
    return scalars[min(end, scalars.count)...].firstIndex(of: "]")
  }

  private static func set(_ members: [Unicode.Scalar]) -> Part {
    var members = members[...]
    let isNegated = members.first == "!"
    if isNegated { members = members.dropFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let first = members.popFirst() {
      if members.count >= 2, members.first == "-" {
        members.removeFirst()
        let last = members.removeFirst()
        if first <= last { ranges.append(first.value...last.value) }
      } else {
        ranges.append(first.value...first.value)
      }
    }
    return .set(ranges, isNegated: isNegated)
  }

  private static func matches(_ part: Part, _ scalar: Unicode.Scalar) -> Bool {
    switch part {
    case .scalar(let other): scalar == other
    case .any, .many: true
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }
}
