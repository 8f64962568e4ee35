import Functions
import HostSystem
import OrderedCollections
import Targeting
import Value

/// Reads the top files of all environments (Salt's `get_tops`).
struct TopLoader {
  let context: FunctionContext
  /// The one environment that counts (`saltenv`); nil for all.
  let environment: String?

  /// - Throws: `StateProblem`.
  func load() async throws(StateProblem) -> TopFile {
    let strategy = TopMerging(rawValue: option("top_file_merging_strategy") ?? "merge") ?? .merge
    let defaultTop = option("default_top") ?? ""
    if strategy == .same, environment == nil, defaultTop.isEmpty {
      throw StateProblem(
        "top_file_merging_strategy set to 'same', but no default_top configuration option was set",
        hint: "Set `default_top: base` in the minion's configuration.")
    }
    var sections: [TopSection] = []
    for name in try await environments() { sections.append(try await section(of: name)) }
    try await include(&sections)
    return TopFile(environments: try strategy.merged(sections, defaultTop: defaultTop))
  }

  /// The environments there are, the base one first.
  func environmentNames() async throws(StateProblem) -> [String] {
    do {
      var names: OrderedSet<String> = ["base"]
      names.append(contentsOf: try await context.source.environments())
      return Array(names)
    } catch {
      throw StateProblem("The environments cannot be listed: \(error)")
    }
  }

  private func option(_ name: String) -> String? {
    guard let value = context.options[name], !value.isNull else { return nil }
    return value.description
  }

  private func environments() async throws(StateProblem) -> [String] {
    if let environment { return [environment] }
    if let only = option("state_top_saltenv"), only != "False" { return [only] }
    let known = try await environmentNames()
    let wanted = OrderedSet((context.options["env_order"]?.listValue ?? []).map(\.description))
    return wanted.isEmpty ? known : wanted.filter(known.contains)
  }

  /// The top file of one environment.
  func section(of environment: String) async throws(StateProblem) -> TopSection {
    var path = option("state_top") ?? "top.sls"
    if let url = FileURL(path) { path = url.path }
    while path.hasPrefix("/") { path.removeFirst() }
    return TopSection(
      environment: environment, map: try await map(path, sls: "", environment: environment) ?? [:])
  }

  /// The rendered map of a file; nil when there is none or it is empty.
  func map(_ path: String, sls: String, environment: String) async throws(StateProblem) -> ValueMap? {
    do {
      guard let local = try await context.source.localPath(of: path, environment: environment) else { return nil }
      let text = try HostFiles().readText(local, limit: SLSLoader.sizeLimit)
      guard text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
      let renderer = SLSRenderer(context: context, environment: environment)
      let document = try await renderer.render(text, path: local, file: path, sls: sls)
      switch document.value {
      case .null: return nil
      case .map(let map): return map
      default:
        throw StateProblem(
          "Top data was not formed as a dict", place: "\(path):1",
          hint: "A top file is a map of environments; the usual first line is 'base:'.")
      }
    } catch let problem as StateProblem {
      throw StateProblem(
        "Unable to render top file: \(problem.message)", place: problem.place, hint: problem.hint, cause: problem.cause)
    } catch {
      throw StateProblem("Unable to render top file: \(error)", place: path)
    }
  }

  /// Adds the files that top files include. An included file's own includes are not followed, as in Salt.
  private func include(_ sections: inout [TopSection]) async throws(StateProblem) {
    for section in sections where !section.includes.isEmpty {
      let list: SLSList
      do {
        list = try await SLSList(context.source, environment: section.environment)
      } catch {
        throw StateProblem("The files of environment '\(section.environment)' cannot be listed: \(error)")
      }
      var done: Set<String> = []
      for pattern in section.includes {
        for name in list.matching(pattern) where done.insert(name).inserted {
          let base = name.replacing(".", with: "/")
          for path in ["\(base).sls", "\(base)/init.sls"] {
            guard let map = try await map(path, sls: "", environment: section.environment) else { continue }
            sections.append(TopSection(environment: section.environment, map: map))
            break
          }
        }
      }
    }
  }
}
