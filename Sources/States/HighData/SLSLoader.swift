import Functions
import HostSystem
import OrderedCollections
import Value

/// Reads the SLS of a run and all that they include into one high data (Salt's `render_highstate`).
struct SLSLoader {
  static let sizeLimit = 16 << 20
  private static let depthLimit = 200
  private static let countLimit = 20_000

  private let context: FunctionContext
  /// The SLS to run by environment.
  private let matches: OrderedDictionary<String, [String]>
  private var high = HighData()
  private var sources = SourceTexts()
  private var problems: [StateProblem] = []
  private var lists: [String: SLSList] = [:]
  private var environments: Set<String>?
  /// What was rendered, as `environment:sls`.
  private var rendered: Set<String> = []
  /// The order of the next state that says none.
  private var order: Int64 = 10_000

  static func load(
    _ matches: OrderedDictionary<String, [String]>, context: FunctionContext
  ) async -> (high: HighData, problems: [StateProblem]) {
    var loader = SLSLoader(context, matches)
    for (environment, patterns) in matches {
      for pattern in patterns { await loader.load(pattern, environment: environment) }
    }
    loader.dropRepeatedExtensions()
    loader.high.sources = loader.sources
    return (loader.high, loader.problems)
  }

  private init(_ context: FunctionContext, _ matches: OrderedDictionary<String, [String]>) {
    self.context = context
    self.matches = matches
  }

  private mutating func load(_ pattern: String, environment: String) async {
    guard await exists(environment) else {
      problems.append(StateProblem("No matching salt environment for environment '\(environment)' found"))
      return
    }
    let found = await list(of: environment)?.matching(pattern) ?? []
    for sls in found.isEmpty ? [pattern] : found where !rendered.contains("\(environment):\(sls)") {
      guard let file = await file(of: sls, environment: environment) else {
        let near = lists[environment]?.near(pattern) ?? []
        problems.append(
          StateProblem(
            "No matching sls found for '\(pattern)' in env '\(environment)'",
            hint: near.isEmpty ? nil : "Did you mean \(near.joined(separator: " or "))?"))
        continue
      }
      let part = await render(file, sls: sls, environment: environment, includedFrom: nil, depth: 0)
      problems += Self.merge(part, into: &high, sources)
    }
  }

  // MARK: Files

  private mutating func exists(_ environment: String) async -> Bool {
    if environment == "base" { return true }
    if environments == nil {
      do {
        environments = Set(try await context.source.environments())
      } catch {
        problems.append(StateProblem("The environments cannot be listed: \(error)"))
        environments = []
      }
    }
    return environments?.contains(environment) == true
  }

  private mutating func list(of environment: String) async -> SLSList? {
    if let list = lists[environment] { return list }
    do {
      lists[environment] = try await SLSList(context.source, environment: environment)
    } catch {
      problems.append(StateProblem("The files of environment '\(environment)' cannot be listed: \(error)"))
    }
    return lists[environment]
  }

  private struct File {
    /// Below the roots.
    var path: String
    /// On this host.
    var local: String
  }

  private mutating func file(of sls: String, environment: String) async -> File? {
    let base = sls.replacing(".", with: "/")
    guard !base.isEmpty, !base.hasPrefix("/"), !base.hasSuffix("/"), !base.contains("//"), !base.utf8.contains(0) else {
      return nil
    }
    for path in ["\(base).sls", "\(base)/init.sls"] {
      do {
        if let local = try await context.source.localPath(of: path, environment: environment) {
          return File(path: path, local: local)
        }
      } catch {
        problems.append(StateProblem("The file \(path) of environment '\(environment)' cannot be had: \(error)"))
        return nil
      }
    }
    return nil
  }

  // MARK: Rendering

  /// Renders one SLS and what it includes; empty when that failed, with the problems kept.
  private mutating func render(
    _ file: File, sls: String, environment: String, includedFrom: SourcePlace?, depth: Int
  ) async -> HighData {
    rendered.insert("\(environment):\(sls)")
    guard depth <= Self.depthLimit, rendered.count <= Self.countLimit else {
      problems.append(
        StateProblem(
          "SLS '\(environment):\(sls)' is not rendered: at most \(Self.countLimit) SLS may take part, each included "
            + "through at most \(Self.depthLimit) others"))
      return HighData()
    }
    guard
      let document = await document(file, sls: sls, environment: environment, includedFrom: includedFrom),
      !Self.isEmpty(document.value)
    else { return HighData() }
    guard let entries = document.entries else {
      problems.append(
        StateProblem(
          "SLS \(sls) does not render to a dictionary", place: "\(file.path):1",
          hint: "An SLS is a map of ids; every line at its left edge ends with a colon."))
      return HighData()
    }
    let declarations = SLSDeclarations(entries, sls: sls, environment: environment, source: document.source)
    problems += declarations.problems
    var part = declarations.high
    var included: [HighData] = []
    for (value, place) in declarations.includes {
      included += await include(
        value, place, from: sls, isInit: "/\(file.path)".hasSuffix("/init.sls"), environment: environment, depth: depth)
    }
    number(&part)
    for other in included { problems += Self.merge(other, into: &part, sources) }
    return part
  }

  private static func isEmpty(_ value: Value) -> Bool {
    switch value {
    case .null, .bool(false), .int(0): true
    case .string(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .map(let map): map.isEmpty
    default: false
    }
  }

  private mutating func document(
    _ file: File, sls: String, environment: String, includedFrom: SourcePlace?
  ) async -> RenderedDocument? {
    let opening = "Rendering SLS '\(environment):\(sls)' failed: "
    do {
      let text = try HostFiles().readText(file.local, limit: Self.sizeLimit)
      guard text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
      sources[file.path] = RenderedSource(
        file: file.path, sls: sls, environment: environment, text: text, includedFrom: includedFrom)
      let renderer = SLSRenderer(context: context, environment: environment)
      let document = try await renderer.render(
        text, path: file.local, file: file.path, sls: sls, includedFrom: includedFrom)
      sources[file.path] = document.source
      return document
    } catch let problem as StateProblem {
      problems.append(
        StateProblem(
          opening + problem.message,
          place: ([problem.place] + sources.includes(of: file.path)).joined(separator: "\n"), hint: problem.hint))
    } catch {
      problems.append(StateProblem(opening + String(describing: error), place: file.path))
    }
    return nil
  }

  // MARK: Includes

  private mutating func include(
    _ value: Value, _ place: SourcePlace, from sls: String, isInit: Bool, environment: String, depth: Int
  ) async -> [HighData] {
    do throws(StateProblem) {
      var item = try IncludeItem(value, in: sls, environment: environment)
      let isKnown = await exists(item.environment)
      guard isKnown || item.isAnyEnvironment else {
        throw StateProblem(
          "Nonexistent saltenv '\(item.environment)' found in include of '\(item.sls)' within SLS "
            + "'\(environment):\(sls)'")
      }
      try item.resolve(in: sls, isInit: isInit, environment: environment)
      let target = try await environmentOf(item, default: environment)
      let found = await list(of: environment)?.matching(item.sls) ?? []
      var parts: [HighData] = []
      for name in found.isEmpty ? [item.sls] : found where !rendered.contains("\(target):\(name)") {
        guard let file = await file(of: name, environment: target) else { throw notAvailable(name, target) }
        var part = await render(file, sls: name, environment: target, includedFrom: place, depth: depth + 1)
        Self.note(inclusionBy: sls, in: &part)
        parts.append(part)
      }
      return parts
    } catch {
      problems.append(StateProblem(error.message, place: sources.describe(place), hint: error.hint))
      return []
    }
  }

  private func notAvailable(_ sls: String, _ environment: String) -> StateProblem {
    let near = lists[environment]?.near(sls) ?? []
    return StateProblem(
      "Specified SLS \(sls) in saltenv \(environment) is not available on the salt master or through a configured "
        + "fileserver", hint: near.isEmpty ? nil : "Did you mean \(near.joined(separator: " or "))?")
  }

  /// The environment that an include is taken from (Salt's rules: one environment, or the includer's own among several).
  private mutating func environmentOf(_ item: IncludeItem, default environment: String) async throws(StateProblem)
    -> String
  {
    var candidates: [String] = []
    if item.isAnyEnvironment {
      for name in matches.keys {
        let list = await list(of: name)
        if list?.matching(item.sls).isEmpty == false { candidates.append(name) }
      }
    } else {
      let list = await list(of: item.environment)
      if matches[item.environment] != nil || list?.matching(item.sls).isEmpty == false {
        candidates = [item.environment]
      }
    }
    if candidates.count == 1 { return candidates[0] }
    if candidates.contains(environment) { return environment }
    if candidates.isEmpty {
      let searched = item.isAnyEnvironment ? matches.keys.joined(separator: ", ") : item.environment
      throw StateProblem(
        "Unknown include: Specified SLS \(item.environment): \(item.sls) is not available on the salt master in "
          + "saltenv(s): \(searched) ")
    }
    throw StateProblem(
      "Ambiguous include: Specified SLS \(item.environment): \(item.sls) is available on the salt master in multiple "
        + "available saltenvs: \(candidates.joined(separator: ", "))")
  }

  // MARK: Merging

  private static func note(inclusionBy sls: String, in part: inout HighData) {
    for index in part.declarations.values.indices {
      let present = part.declarations.values[index].body["__sls_included_from__"]?.listValue ?? []
      part.declarations.values[index].body["__sls_included_from__"] = .list(present + [.string(sls)])
    }
  }

  private static func merge(
    _ part: HighData, into other: inout HighData, _ sources: SourceTexts
  ) -> [StateProblem] {
    other.extensions += part.extensions
    other.exclusions += part.exclusions
    var problems: [StateProblem] = []
    for (id, declaration) in part.declarations {
      if let present = other.declarations[id], present.body != declaration.body {
        problems.append(
          StateProblem(
            "Detected conflicting IDs, SLS IDs need to be globally unique.\n    The conflicting ID is "
              + "'\(PythonText.str(id))' and is found in SLS '\(present.environment):\(present.sls)' and SLS "
              + "'\(declaration.environment):\(declaration.sls)'",
            place: sources.describe(present.place) + "\n" + sources.describe(declaration.place),
            hint: "Rename one of them, with '- name: …' where both are about the same thing."))
      }
      other.declarations[id] = declaration
    }
    return problems
  }

  /// Gives states without an order the next numbers, unless `state_auto_order: false` leaves that to their names.
  private mutating func number(_ part: inout HighData) {
    guard context.options["state_auto_order"] != false else { return }
    for index in part.declarations.values.indices { number(&part.declarations.values[index].body) }
  }

  private mutating func number(_ body: inout ValueMap) {
    for index in body.values.indices {
      guard case .string(let module) = body.keys[index], !module.hasPrefix("_"),
        case .list(var arguments) = body.values[index],
        !arguments.contains(where: { $0.mapValue?.keys.first == "order" })
      else { continue }
      body.values[index] = .null
      arguments.append(.map(["order": .int(order)]))
      body.values[index] = .list(arguments)
      order += 1
    }
  }

  private mutating func dropRepeatedExtensions() {
    var seen: Set<Extension> = []
    high.extensions = high.extensions.filter { seen.insert($0).inserted }
  }
}
