/// Empties lists, dicts and namespaces that hold themselves: nothing else would ever free them.
enum CycleBreaker {
  /// How much is looked at; what is beyond stays.
  private static let most = 1_000_000

  static func breakCycles(of suspects: [TemplateValue]) {
    var finished: Set<ObjectIdentifier> = []
    var seen = 0
    for suspect in suspects {
      var open: Set<ObjectIdentifier> = []
      var path: [(identity: ObjectIdentifier?, value: TemplateValue, rest: [TemplateValue])] = []
      func enter(_ value: TemplateValue) {
        guard value.isContainer, seen < most else { return }
        seen += 1
        let identity = identity(of: value)
        if let identity {
          if open.contains(identity) {
            empty(value)
            return
          }
          guard finished.insert(identity).inserted else { return }
          open.insert(identity)
        }
        path.append((identity, value, contents(of: value)))
      }
      enter(suspect)
      while let last = path.indices.last {
        if let next = path[last].rest.popLast() {
          enter(next)
        } else {
          if let identity = path[last].identity { open.remove(identity) }
          path.removeLast()
        }
      }
    }
  }

  private static func identity(of value: TemplateValue) -> ObjectIdentifier? {
    switch value {
    case .list(let list): ObjectIdentifier(list)
    case .dict(let dict): ObjectIdentifier(dict)
    case .object(let object): ObjectIdentifier(object)
    default: nil
    }
  }

  private static func contents(of value: TemplateValue) -> [TemplateValue] {
    switch value {
    case .list(let list): list.elements.filter(\.isContainer)
    case .tuple(let elements): elements.filter(\.isContainer)
    case .dict(let dict): dict.entries.values.filter(\.isContainer)
    case .object(let object): (object as? any WrappingObject).map { [$0.wrapped] } ?? []
    default: []
    }
  }

  private static func empty(_ value: TemplateValue) {
    switch value {
    case .list(let list): list.elements = []
    case .dict(let dict): dict.entries = [:]
    case .object(let object): if case .dict(let dict)? = (object as? NamespaceObject)?.wrapped { dict.entries = [:] }
    default: break
    }
  }
}
