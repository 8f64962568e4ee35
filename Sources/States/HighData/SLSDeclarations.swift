import OrderedCollections
import Value

/// Reads the document of one SLS into declarations: short forms made long, `extend`, `exclude` and `include` taken out.
struct SLSDeclarations {
  private(set) var high = HighData()
  private(set) var includes: [(value: Value, place: SourcePlace)] = []
  private(set) var problems: [StateProblem] = []
  private let sls: String
  private let environment: String
  private let source: RenderedSource

  init(_ entries: [RenderedDocument.Entry], sls: String, environment: String, source: RenderedSource) {
    self.sls = sls
    self.environment = environment
    self.source = source
    high.declarations.reserveCapacity(entries.count)
    for entry in entries {
      switch entry.key {
      case "include": include(entry)
      case "extend": extend(entry)
      case "exclude": exclude(entry)
      default: declare(entry)
      }
    }
  }

  private mutating func report(_ message: String, _ place: SourcePlace, hint: String? = nil) {
    problems.append(StateProblem(message, place: source.excerpt(place), hint: hint))
  }

  private mutating func include(_ entry: RenderedDocument.Entry) {
    guard case .list(let items) = entry.value else {
      report("Include Declaration in SLS \(sls) is not formed as a list", entry.place)
      return
    }
    for (index, item) in items.enumerated() {
      var place = entry.place
      if let element = entry.node?.elements?[index] {
        place = SourcePlace(file: place.file, line: element.line, column: element.column)
      }
      includes.append((item, place))
    }
  }

  private mutating func extend(_ entry: RenderedDocument.Entry) {
    guard case .map(let extensions) = entry.value else {
      report("Extension value in SLS '\(sls)' is not a dictionary", entry.place)
      return
    }
    for (index, (id, value)) in extensions.enumerated() {
      var place = entry.place
      if let key = entry.node?.entries?[index].key {
        place = SourcePlace(file: place.file, line: key.line, column: key.column)
      }
      guard case .map(var body) = value else {
        report("Extension name '\(PythonText.str(id))' in SLS '\(sls)' is not a dictionary", place)
        continue
      }
      if body["__sls__"] == nil { body["__sls__"] = .string(sls) }
      if body["__env__"] == nil { body["__env__"] = .string(environment) }
      for key in body.keys { splitName(key, in: &body) }
      high.extensions.append(Extension(id: id, body: body, place: place))
    }
  }

  private mutating func exclude(_ entry: RenderedDocument.Entry) {
    guard case .list(let items) = entry.value else {
      report("Exclude Declaration in SLS \(sls) is not formed as a list", entry.place)
      return
    }
    high.exclusions += items
  }

  private mutating func declare(_ entry: RenderedDocument.Entry) {
    switch entry.value {
    case .map(let body): declare(entry, body)
    case .string(let text):
      guard let (module, function) = Declaration.split(text) else { fallthrough }
      var body: ValueMap = ["__sls__": .string(sls), "__env__": .string(environment)]
      // A module may be called like one of these: no literal then, where equal keys end the program.
      body[module] = [.string(function)]
      high.declarations[entry.key] = Declaration(body, place: entry.place)
    default:
      report(
        "ID \(PythonText.str(entry.key)) in SLS \(sls) is not a dictionary", entry.place,
        hint: "Below an id stand state functions ('pkg.installed:'), each two spaces further right.")
    }
  }

  private mutating func declare(_ entry: RenderedDocument.Entry, _ original: ValueMap) {
    var body = original
    body.reserveCapacity(original.count + 2)
    var lines: [String: Int] = [:]
    var modules: Set<String> = []
    for (index, (key, value)) in original.enumerated() {
      guard case .string(let name) = key, !name.hasPrefix("_") else { continue }
      let line = entry.node?.entries?[index].key.line
      let module = String(name.prefix { $0 != "." })
      lines[name] = line
      guard case .list = value else { continue }
      if module.utf8.count != name.utf8.count, modules.contains(module) {
        report(
          "ID '\(PythonText.str(entry.key))' in SLS '\(sls)' contains multiple state declarations of the same type",
          SourcePlace(file: entry.place.file, line: line ?? entry.place.line),
          hint: "'\(module)' stands in line \(lines[module] ?? entry.place.line) already. Give the second one an id of "
            + "its own, with '- name: …' where both are about the same thing.")
        continue
      }
      modules.insert(module)
      lines[module] = line
      splitName(key, in: &body)
    }
    if body["__sls__"] == nil { body["__sls__"] = .string(sls) }
    if body["__env__"] == nil { body["__env__"] = .string(environment) }
    high.declarations[entry.key] = Declaration(body, place: entry.place, lines: lines)
  }

  /// Makes `pkg.installed: […]` to `pkg: […, installed]`, at the end of the map as Salt does.
  private func splitName(_ key: Value, in body: inout ValueMap) {
    guard case .string(let name) = key, !name.hasPrefix("_"), let (module, function) = Declaration.split(name),
      case .list(var arguments)? = body[key]
    else { return }
    body.removeValue(forKey: key)
    arguments.append(.string(function))
    body[module] = .list(arguments)
  }
}
