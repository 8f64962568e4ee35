public import OrderedCollections

/// A Python dict: ordered, keyed by hashable values (`1`, `1.0` and `True` are one key, as in Python).
public final class TemplateDict {
  public var entries: OrderedDictionary<TemplateKey, TemplateValue>
  /// Python's `OrderedDict`: what Salt reads YAML of pillar and states into. The filter `yaml` sorts the keys of others.
  public let isOrdered: Bool

  public init(_ entries: OrderedDictionary<TemplateKey, TemplateValue> = [:], isOrdered: Bool = false) {
    self.entries = entries
    self.isOrdered = isOrdered
  }

  deinit {
    guard entries.values.contains(where: \.isContainer) else { return }
    var values = Array(entries.values)
    entries.removeAll()
    Teardown.release(&values)
  }

  public subscript(_ name: String) -> TemplateValue? {
    get { entries[.string(name)] }
    set { entries[.string(name)] = newValue }
  }
}
