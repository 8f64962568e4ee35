import Functions
import HostSystem
import OrderedCollections
import Value

/// Reads the pillar SLS of one environment with what they include.
struct PillarLoader {
  private static let depthLimit = 100
  private static let countLimit = 5000

  let pillar: PillarCompiler
  let context: FunctionContext
  let environment: String
  let ignored: Set<String>
  private(set) var problems: [PillarProblem] = []
  private var list: SLSList?
  private var count = 0
  /// What SLS rendered to, without what they include: one that is included twice is rendered once.
  private var rendered: [String: ValueMap?] = [:]

  init(pillar: PillarCompiler, context: FunctionContext, environment: String, ignored: Set<String>) {
    self.pillar = pillar
    self.context = context
    self.environment = environment
    self.ignored = ignored
  }

  /// The data of SLS, globs allowed, in order.
  mutating func load(_ patterns: [String]) async -> [ValueMap] {
    guard pillar.roots.directories[environment] != nil || environment == "base" else {
      report("No matching pillar environment for environment '\(environment)' found")
      return []
    }
    do {
      if let share = pillar.share {
        list = try await share.list(environment)
      } else {
        list = try await SLSList(context.source, environment: environment)
      }
    } catch {
      report("The pillar files of environment '\(environment)' cannot be listed: \(error)")
      return []
    }
    var found: [ValueMap] = []
    for pattern in patterns {
      let names = list?.matching(pattern) ?? []
      for name in names.isEmpty ? [pattern] : names {
        if let data = await render(name, defaults: [:], depth: 0) { found.append(data) }
      }
    }
    return found
  }

  private mutating func report(_ message: String, summary: String? = nil) {
    problems.append(PillarProblem(message, summary: summary))
  }

  private mutating func render(_ sls: String, defaults: ValueMap, depth: Int) async -> ValueMap? {
    count += 1
    guard depth <= Self.depthLimit, count <= Self.countLimit, !Task.isCancelled else {
      report("SLS '\(sls)' is not rendered: more than \(Self.depthLimit) includes deep, or too many SLS.")
      return nil
    }
    rendered[sls] = .some(nil)
    guard let file = await file(of: sls) else {
      if !ignored.contains(sls) { report(missing(sls)) }
      return nil
    }
    guard let value = await value(of: file, sls: sls, variables: defaults) else { return nil }
    guard case .map(var data) = value else {
      if Truth.isTrue(value) { report("SLS '\(sls)' does not render to a dictionary") }
      return nil
    }
    let includes = data.removeValue(forKey: "include")
    rendered[sls] = data
    guard let includes else { return data }
    guard let bytes = try? HostFiles().read(file.local, limit: SLSLoader.sizeLimit),
      IncludeDeclaration.stands(in: bytes)
    else {
      report(
        "SLS '\(sls)' renders to an 'include' that does not stand in its file: a grain or another value with line ends "
          + "in it was printed there. Print values by `| json` or `| yaml_encode`.",
        summary: "SLS '\(sls)' renders to an 'include' that does not stand in its file")
      return nil
    }
    return await include(
      includes, into: data, from: sls, isInit: file.path.hasSuffix("/init.sls"), defaults: defaults, depth: depth)
  }

  private func missing(_ sls: String) -> String {
    let near = list?.near(sls) ?? []
    let hint = near.isEmpty ? "" : "\nDid you mean \(near.joined(separator: " or "))?"
    return "Specified SLS '\(sls)' in environment '\(environment)' is not available on the salt master\(hint)"
  }

  private func file(of sls: String) async -> (path: String, local: String)? {
    let base = sls.replacing(".", with: "/")
    for path in ["\(base).sls", "\(base)/init.sls"] {
      if let local = try? await context.source.localPath(of: path, environment: environment) {
        return (path, local)
      }
    }
    return nil
  }

  private mutating func value(of file: (path: String, local: String), sls: String, variables: ValueMap) async -> Value?
  {
    let opening = "Rendering SLS '\(sls)' failed, render error:"
    let subject = "Rendering SLS '\(sls)' of environment '\(environment)' failed"
    let key = PillarShare.SLS(environment: environment, sls: sls, variables: variables)
    if let known = pillar.share?.documents.result(for: key, context.grains) { return known }
    pillar.files.begin()
    do throws(StateProblem) {
      let text = try text(file)
      guard text.utf8.contains(where: { $0 > 0x20 }) else { return .null }
      var renderer = SLSRenderer(context: context, environment: environment, variables: variables)
      renderer.cipherMark = pillar.files.mark
      let value = try await renderer.render(text, path: file.local, file: file.path, sls: sls).value
      if let share = pillar.share, let own = share.content(of: file.local), own.ciphertext == nil, !own.isVolatile {
        share.documents.keep(value, for: key, own.reads.union(pillar.files.reads()), context.grains)
      }
      return value
    } catch {
      problems.append(PillarProblem(error, opening: opening, subject: subject))
      return nil
    }
  }

  private func text(_ file: (path: String, local: String)) throws(StateProblem) -> String {
    if let content = pillar.share?.content(of: file.local) { return String(decoding: content.bytes, as: UTF8.self) }
    do { return try HostFiles().readText(file.local, limit: SLSLoader.sizeLimit) } catch {
      throw StateProblem(error.message, place: file.path, cause: "the file cannot be read")
    }
  }

  /// What is included is merged first, in order, and the SLS over it; the other way round under
  /// `pillar_includes_override_sls`.
  ///
  /// - Parameter defaults: those the SLS got itself. They are its plain includes' too, and those of one entry go on to
  ///   the plain names after it, as in Salt.
  private mutating func include(
    _ includes: Value, into own: ValueMap, from sls: String, isInit: Bool, defaults: ValueMap, depth: Int
  ) async -> ValueMap {
    guard case .list(let items) = includes else {
      report("Include Declaration in SLS '\(sls)' is not formed as a list")
      return own
    }
    var defaults = defaults
    var parts: [ValueMap] = []
    for item in items {
      let wanted = PillarInclude(item, from: sls, isInit: isInit)
      defaults = wanted.defaults ?? defaults
      for name in wanted.names(among: list) {
        let data: ValueMap?
        if let known = rendered[name] {
          data = known
        } else {
          data = await render(name, defaults: defaults, depth: depth + 1)
        }
        if let data, !data.isEmpty { parts.append(wanted.nested(data)) }
      }
    }
    let isOverriding = context.options["pillar_includes_override_sls"] == true
    let ordered = isOverriding ? [own] + parts : parts + [own]
    return ordered.dropFirst().reduce(ordered.first ?? [:]) { pillar.merge($0, $1) }
  }
}
