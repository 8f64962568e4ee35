import Functions
import HostSystem
import OrderedCollections
import Value

/// Reads the pillar SLS of one environment with what they include.
struct PillarLoader {
  private static let depthLimit = 100
  private static let countLimit = 5000

  let pillar: LocalPillar
  let environment: String
  let ignored: Set<String>
  private(set) var errors: [String] = []
  private var list: SLSList?
  /// What has been rendered; an SLS that is included twice is rendered once.
  private var rendered: [String: ValueMap?] = [:]

  init(pillar: LocalPillar, environment: String, ignored: Set<String>) {
    self.pillar = pillar
    self.environment = environment
    self.ignored = ignored
  }

  /// The data of SLS, globs allowed, in order.
  mutating func load(_ patterns: [String]) async -> [ValueMap] {
    do {
      list = try await SLSList(pillar.context.source, environment: environment)
    } catch {
      errors.append("The pillar files of environment '\(environment)' cannot be listed: \(error)")
      return []
    }
    guard pillar.roots.directories[environment] != nil || !pillar.roots[environment].isEmpty else {
      errors.append("No matching pillar environment for environment '\(environment)' found")
      return []
    }
    var found: [ValueMap] = []
    for pattern in patterns {
      let names = list?.matching(pattern) ?? []
      for name in names.isEmpty ? [pattern] : names {
        if let data = await render(name, variables: [:], depth: 0) { found.append(data) }
      }
    }
    return found
  }

  private mutating func render(_ sls: String, variables: ValueMap, depth: Int) async -> ValueMap? {
    guard depth <= Self.depthLimit, rendered.count <= Self.countLimit else {
      errors.append("SLS '\(sls)' is not rendered: more than \(Self.depthLimit) includes deep, or too many SLS.")
      return nil
    }
    // Stands for itself while it is read, so that a circle of includes ends.
    rendered[sls] = .some(nil)
    guard let file = await file(of: sls) else {
      if !ignored.contains(sls) { errors.append(missing(sls)) }
      return nil
    }
    guard let value = await value(of: file, sls: sls, variables: variables) else { return nil }
    guard case .map(var data) = value else {
      if value != .null { errors.append("SLS '\(sls)' does not render to a dictionary") }
      return nil
    }
    if let includes = data.removeValue(forKey: "include") {
      data = await include(includes, into: data, from: sls, isInit: file.path.hasSuffix("/init.sls"), depth: depth)
    }
    rendered[sls] = data
    return data
  }

  private func missing(_ sls: String) -> String {
    let near = list?.near(sls) ?? []
    let hint = near.isEmpty ? "" : "\nDid you mean \(near.joined(separator: " or "))?"
    return "Specified SLS '\(sls)' in environment '\(environment)' is not available on the salt master\(hint)"
  }

  private func file(of sls: String) async -> (path: String, local: String)? {
    let base = sls.replacing(".", with: "/")
    for path in ["\(base).sls", "\(base)/init.sls"] {
      if let local = try? await pillar.context.source.localPath(of: path, environment: environment) {
        return (path, local)
      }
    }
    return nil
  }

  private mutating func value(of file: (path: String, local: String), sls: String, variables: ValueMap) async -> Value?
  {
    do {
      let text = try HostFiles().readText(file.local)
      guard text.utf8.contains(where: { $0 > 0x20 }) else { return .null }
      let renderer = SLSRenderer(context: pillar.context, environment: environment, variables: variables)
      return try await renderer.render(text, path: file.local, file: file.path, sls: sls).value
    } catch {
      errors.append("Rendering SLS '\(sls)' failed, render error:\n\(error)")
      return nil
    }
  }

  /// What is included is merged first, in order, and the SLS over it; the other way round under
  /// `pillar_includes_override_sls`.
  private mutating func include(
    _ includes: Value, into own: ValueMap, from sls: String, isInit: Bool, depth: Int
  ) async -> ValueMap {
    guard case .list(let items) = includes else {
      errors.append("Include Declaration in SLS '\(sls)' is not formed as a list")
      return own
    }
    var parts: [ValueMap] = []
    for item in items {
      let wanted = PillarInclude(item, from: sls, isInit: isInit)
      let names = list?.matching(wanted.sls) ?? []
      for name in names.isEmpty ? [wanted.sls] : names {
        let data: ValueMap?
        if let known = rendered[name] {
          data = known
        } else {
          data = await render(name, variables: wanted.defaults, depth: depth + 1)
        }
        if let data { parts.append(wanted.nested(data)) }
      }
    }
    let isOverriding = pillar.context.options["pillar_includes_override_sls"] == true
    let ordered = isOverriding ? [own] + parts : parts + [own]
    return ordered.dropFirst().reduce(ordered.first ?? [:]) { pillar.merge($0, $1) }
  }
}
