/// Methods of Python's `list` and `tuple`.
struct ListMethods {
  static let names: Set<String> = [
    "append", "extend", "insert", "pop", "remove", "reverse", "sort", "index", "count", "copy", "clear",
  ]
  static let tupleNames: Set<String> = ["index", "count"]

  let list: TemplateList
  let evaluation: Evaluation

  func call(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue {
    switch name {
    case "append":
      let value = try arguments.bind("list.append", .required("object"))[0]
      try evaluation.claim(bytes: 32)
      list.elements.append(value)
    case "extend":
      let added = try evaluation.elements(of: try arguments.bind("list.extend", .required("iterable"))[0])
      try evaluation.claim(added.count, times: 32)
      list.elements.append(contentsOf: added)
    case "insert":
      let bound = try arguments.bind("insert", .required("index"), .required("object"))
      try evaluation.claim(bytes: 32)
      try evaluation.charge(list.elements.count / 32)
      let index = try evaluation.integer(bound[0])
      let count = list.elements.count
      list.elements.insert(bound[1], at: min(max(index < 0 ? index &+ count : index, 0), count))
    case "pop": return try pop(arguments)
    case "remove":
      let value = try arguments.bind("list.remove", .required("value"))[0]
      guard let index = try position(of: value, from: 0, to: list.elements.count) else {
        throw TemplateFailure(.operation, "list.remove(x): x not in list")
      }
      list.elements.remove(at: index)
    case "reverse":
      _ = try arguments.bind("list.reverse", [])
      try evaluation.charge(list.elements.count)
      list.elements.reverse()
    case "sort": try sort(arguments)
    case "index": return try index(arguments)
    case "count":
      let value = try arguments.bind("count", .required("value"))[0]
      try evaluation.charge(list.elements.count)
      return .int(Int64(list.elements.count { evaluation.equals($0, value) }))
    case "copy":
      _ = try arguments.bind("list.copy", [])
      try evaluation.claim(list.elements.count, times: 32)
      return .list(TemplateList(list.elements))
    case "clear":
      _ = try arguments.bind("list.clear", [])
      list.elements = []
    default: throw TemplateFailure(.operation, "'list' object has no method '\(name)'")
    }
    return .none
  }

  private func pop(_ arguments: TemplateArguments) throws -> TemplateValue {
    let index = try evaluation.integer(try arguments.bind("pop", .optional("index", .int(-1)))[0])
    guard !list.elements.isEmpty else { throw TemplateFailure(.operation, "pop from empty list") }
    let position = index < 0 ? index &+ list.elements.count : index
    guard list.elements.indices.contains(position) else {
      throw TemplateFailure(.operation, "pop index out of range")
    }
    try evaluation.charge((list.elements.count - position) / 32)
    return list.elements.remove(at: position)
  }

  private func sort(_ arguments: TemplateArguments) throws {
    guard arguments.positional.isEmpty else {
      throw TemplateFailure(.operation, "sort() takes no positional arguments")
    }
    let bound = try arguments.bind("sort", .optional("key"), .optional("reverse", .bool(false)))
    let elements = list.elements
    let isReversed = try evaluation.isTrue(bound[1])
    let keys =
      bound[0].isNone
      ? elements : try elements.map { try evaluation.call(bound[0], TemplateArguments([$0])) }
    let order = try Array(elements.indices).sorted { left, right in
      // Stable both ways, as Python's sort is: equal elements keep their order when reversed too.
      if try evaluation.isLess(keys[isReversed ? right : left], keys[isReversed ? left : right]) { return true }
      if try evaluation.isLess(keys[isReversed ? left : right], keys[isReversed ? right : left]) { return false }
      return left < right
    }
    list.elements = order.map { elements[$0] }
  }

  private func index(_ arguments: TemplateArguments) throws -> TemplateValue {
    let bound = try arguments.bind(
      "index", .required("value"), .optional("start", .int(0)), .optional("stop", .int(.max)))
    let count = list.elements.count
    func bounded(_ index: Int) -> Int { min(max(index < 0 ? index &+ count : index, 0), count) }
    let start = bounded(try evaluation.integer(bound[1]))
    let stop = bounded(try evaluation.integer(bound[2]))
    guard let index = try position(of: bound[0], from: start, to: stop) else {
      throw TemplateFailure(.operation, "\(try evaluation.representation(bound[0])) is not in list")
    }
    return .int(Int64(index))
  }

  private func position(of value: TemplateValue, from start: Int, to end: Int) throws -> Int? {
    try evaluation.charge(max(0, end - start))
    return start < end ? list.elements[start..<end].firstIndex { evaluation.equals($0, value) } : nil
  }
}
