import Functions
import Jinja
import OrderedCollections
import Value

/// Which maps of a function's result are Python's `OrderedDict`, as pillar is in Salt: the filter `yaml` leaves their keys
/// in order. What comes from pillar is; what functions merge is what the arguments are in the same place.
struct CallResultOrder {
  private let origins: [TemplateValue]
  private let defaults: [(value: Value, dict: TemplateDict)]
  private let isPillar: Bool

  init(_ function: String, _ arguments: TemplateArguments, _ call: CallArguments) {
    let module = function.split(separator: ".").first
    isPillar = module == "pillar" || module == "config"
    let given = arguments.positional + arguments.named.map { $0.value }
    let isMerged = call.named["merge"] == .bool(true)
    var defaults: [(value: Value, dict: TemplateDict)] = []
    if isPillar, !isMerged {
      for (value, argument) in zip(call.positional + call.named.values, given) {
        if case .dict(let dict) = argument { defaults.append((value, dict)) }
      }
    }
    self.defaults = defaults
    if isPillar {
      origins = isMerged ? given : []
    } else if function.hasSuffix(".filter_by"), let table = given.first {
      // The result is one of the table's entries with what is merged into it.
      origins = Self.children(table) + given.dropFirst()
    } else {
      origins = given
    }
  }

  func templateValue(_ value: Value) -> TemplateValue {
    if let dict = defaults.first(where: { $0.value == value })?.dict {
      return TemplateValue(value, isOrdered: dict.isOrdered)
    }
    return convert(value, origins.filter(Self.isDict))
  }

  private func convert(_ value: Value, _ origins: [TemplateValue]) -> TemplateValue {
    guard case .dict(let first)? = origins.first, case .map(let map) = value else {
      return TemplateValue(value, isOrdered: isPillar)
    }
    var entries = OrderedDictionary<TemplateKey, TemplateValue>(minimumCapacity: map.count)
    for (key, entry) in map {
      let key = TemplateKey(key)
      var inner: [TemplateValue] = []
      var isOrdered: Bool?
      for case .dict(let dict) in origins {
        guard let found = dict.entries[key] else { continue }
        // A map or list in the place of a scalar is not this argument's.
        switch found {
        case .dict: inner.append(found)
        case .list: isOrdered = isOrdered ?? dict.isOrdered
        default: break
        }
      }
      entries[key] =
        inner.isEmpty ? TemplateValue(entry, isOrdered: isOrdered ?? isPillar) : convert(entry, inner)
    }
    return .dict(TemplateDict(entries, isOrdered: first.isOrdered))
  }

  private static func isDict(_ value: TemplateValue) -> Bool { if case .dict = value { true } else { false } }

  private static func children(_ value: TemplateValue) -> [TemplateValue] {
    guard case .dict(let dict) = value else { return [] }
    return dict.entries.values.filter(isDict)
  }
}
