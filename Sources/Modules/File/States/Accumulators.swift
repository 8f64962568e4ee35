import Functions
import OrderedCollections
import Value

/// Texts that `file.accumulated` collects for files written later in the same run.
struct Accumulators: Sendable {
  private static let textsKey = "file.accumulators"
  private static let targetsKey = "file.accumulators.targets"
  private let memory: StateMemory

  init(_ memory: StateMemory) { self.memory = memory }

  /// The texts for a file by accumulator; nil when none were collected.
  func texts(for file: String) -> ValueMap? { memory[Self.textsKey]?[file]?.mapValue }

  /// The texts for a file from the accumulators that name this state in their `require_in` or `watch_in`; from all when
  /// none does.
  func texts(for file: String, state id: String) -> [Value] {
    guard let all = texts(for: file) else { return [] }
    let targets = memory[Self.targetsKey]?[file]?.mapValue ?? [:]
    let named = all.filter { targets[$0.key]?.listValue?.contains(.string(id)) == true }
    return (named.isEmpty ? all : named).values.flatMap { $0.listValue ?? [] }
  }

  /// Adds texts that are not there yet; true when some were new.
  func add(_ texts: [Value], _ name: String, for file: String, targets: [Value]) -> Bool {
    memory.update(Self.targetsKey) { value in
      _ = Self.append(targets, name, file, to: &value)
    }
    return memory.update(Self.textsKey) { Self.append(texts, name, file, to: &$0) }
  }

  private static func append(_ items: [Value], _ name: String, _ file: String, to value: inout Value?) -> Bool {
    var files = value?.mapValue ?? [:]
    var names = files[file]?.mapValue ?? [:]
    var list = names[name]?.listValue ?? []
    let count = list.count
    for item in items where !list.contains(item) { list.append(item) }
    names[name] = .list(list)
    files[file] = .map(names)
    value = .map(files)
    return list.count > count
  }
}
