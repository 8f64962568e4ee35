/// `cycler('a', 'b')`: one after the other with `next()`.
final class CyclerObject: TemplateObject {
  private var items: [TemplateValue]
  private var position = 0

  init(_ items: [TemplateValue]) { self.items = items }

  deinit { Teardown.release(&items) }

  var typeName: String { "Cycler" }

  func attribute(_ name: String) -> TemplateValue? {
    switch name {
    case "current": items[position]
    case "next":
      .object(
        FunctionObject("next") { arguments, _ in
          _ = try arguments.bind("next", [])
          defer { self.position = (self.position + 1) % self.items.count }
          return self.items[self.position]
        })
    case "reset":
      .object(
        FunctionObject("reset") { arguments, _ in
          _ = try arguments.bind("reset", [])
          self.position = 0
          return .none
        })
    case "pos": .int(Int64(position))
    case "items": .tuple(items)
    default: nil
    }
  }
}
