import OrderedCollections
import Value

/// Makes low chunks of high data (Salt's `compile_high_data`), not yet ordered.
enum ChunkBuilder {
  static func chunks(of high: HighData) -> [LowChunk] {
    var chunks: [LowChunk] = []
    chunks.reserveCapacity(high.declarations.count)
    for (id, declaration) in high.declarations {
      if case .string(let text) = id, text.hasPrefix("__") { continue }
      for (key, value) in declaration.body {
        guard case .string(let module) = key, !module.hasPrefix("__"), case .list(let arguments) = value else {
          continue
        }
        append(arguments, id: id, module: module, declaration, to: &chunks)
      }
    }
    return chunks
  }

  private static func append(
    _ arguments: [Value], id: Value, module: String, _ declaration: Declaration, to chunks: inout [LowChunk]
  ) {
    var data = ValueMap(minimumCapacity: arguments.count + 8)
    data["state"] = .string(module)
    data["name"] = id
    for key in ["__sls__", "__env__", "__sls_included_from__"] {
      if let value = declaration.body[key] { data[key] = value }
    }
    data["__id__"] = id
    var function: Value?
    var names: OrderedSet<Value> = []
    for argument in arguments {
      switch argument {
      case .string: if function == nil { function = argument }
      case .map(let map):
        for (key, value) in map {
          switch key {
          case "names": names.append(contentsOf: value.listValue ?? [])
          case "state": continue
          case "name": data[key] = value.stringValue == nil ? id : value
          default: data[key] = value
          }
        }
      default: continue
      }
    }
    guard let function else { return }
    let line = declaration.lines[module] ?? declaration.place.line
    guard !names.isEmpty else {
      data["fun"] = function
      chunks.append(LowChunk(data, file: declaration.place.file, line: line))
      return
    }
    for (position, entry) in names.enumerated() {
      var named = data
      if case .map(let map) = entry, let first = map.elements.first {
        named["name"] = first.key
        for case .map(let overrides) in first.value.listValue ?? [] {
          named.merge(overrides, uniquingKeysWith: { _, new in new })
        }
      } else {
        named["name"] = entry
      }
      named["name_order"] = .integer(position + 1)
      named["fun"] = function
      chunks.append(LowChunk(named, file: declaration.place.file, line: line))
    }
  }
}
