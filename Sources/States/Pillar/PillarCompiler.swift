public import Functions
public import OrderedCollections
public import Sealing
public import Value

/// Compiles a minion's pillar: the SLS that the top file of `pillar_roots` has for it, what external programs add, and
/// the override of the call, merged; then the secrets that are in what came out are decrypted.
///
/// Order, names and rules of merging are Salt's. On a master `salt['…']` in templates runs there, with the minion's
/// grains.
public struct PillarCompiler: Sendable {
  let context: FunctionContext
  let environment: String?
  let override: ValueMap
  let strategy: DictionaryMerge
  let joinsLists: Bool
  let roots: FileRoots
  let files: PillarFiles
  let keyring: PillarKeyring
  let secrets: PillarSecretHandling

  /// - Parameters:
  ///   - context: the minion's grains, the functions of this host, and options (`id pillar_roots nodegroups
  ///     pillar_source_merging_strategy pillar_merge_lists pillar_includes_override_sls env_order ext_pillar
  ///     ext_pillar_first exclude_ext_pillar decrypt_pillar gpg_keydir …`).
  ///   - environment: the one environment that counts (`pillarenv`); nil for all.
  ///   - override: what templates see as pillar, and what is merged over the result (`pillar=`).
  ///   - source: `source(_:_:)` of the same options and environment, shared by many compiles so that directories are
  ///     listed once.
  public init(
    context: FunctionContext, environment: String? = nil, override: ValueMap = [:],
    keyring: PillarKeyring = PillarKeyring(), secrets: PillarSecretHandling = .opened, source: LocalFileSource? = nil
  ) {
    roots = Self.roots(context.options, environment)
    files = PillarFiles(source ?? LocalFileSource(roots))
    var context = MasterlessContext.unmasked(context)
    context.source = files
    if context.templates is NoTemplateRenderer { context.templates = JinjaRenderer() }
    context.pillar = override
    self.context = context
    self.environment = environment
    self.override = override
    let strategy = context.options["pillar_source_merging_strategy"]?.description ?? "smart"
    self.strategy = DictionaryMerge(rawValue: strategy) ?? .smart
    joinsLists = MasterlessContext.joinsLists(context)
    self.keyring = keyring
    self.secrets = secrets
  }

  /// `__env__` stands for the environment that is asked for, unless that has roots of its own.
  private static func roots(_ options: ValueMap, _ environment: String?) -> FileRoots {
    var roots = FileRoots(options["pillar_roots"], fallback: "/srv/pillar")
    guard let template = roots.directories.removeValue(forKey: "__env__") else { return roots }
    let name = environment ?? options["saltenv"]?.stringValue ?? "base"
    if roots.directories[name] == nil {
      roots.directories[name] = template.map { $0.replacing("__env__", with: name) }
    }
    return roots
  }

  /// The files of `pillar_roots`.
  public static func source(_ options: ValueMap, environment: String?) -> LocalFileSource {
    LocalFileSource(roots(options, environment))
  }

  public func compile() async -> CompiledPillar {
    var problems: [PillarProblem] = []
    let top = await PillarTop.load(context, roots: roots, environment: environment, strategy: strategy)
    let external = ExternalPillar(context, files)
    let isExternalFirst = context.options["ext_pillar_first"] == true
    var context = context
    if isExternalFirst {
      context.pillar = await add(external, to: override, &problems)
    }
    var pillar = await render(top, context, &problems)
    pillar =
      isExternalFirst ? merge(context.pillar, pillar) : await add(external, to: pillar, &problems)
    problems += top.problems
    if !override.isEmpty { pillar = merge(pillar, override) }
    var opener = PillarSecretOpener(context: context, files: files, keyring: keyring, handling: secrets)
    pillar = await opener.open(pillar)
    return CompiledPillar(
      pillar: pillar, problems: problems + opener.problems, isVolatile: files.isVolatile || !external.isEmpty,
      secrets: opener.secrets)
  }

  func merge(_ first: ValueMap, _ second: ValueMap) -> ValueMap {
    strategy.merge(first, second, joiningLists: joinsLists)
  }

  private func render(_ top: PillarTop, _ context: FunctionContext, _ problems: inout [PillarProblem]) async
    -> ValueMap
  {
    var pillar = override
    do {
      let matcher = TopMatcher(context, environments: Set(roots.directories.keys), environment: environment)
      var matches = try top.matches(matcher)
      for name in (context.options["env_order"]?.listValue ?? []).reversed() {
        guard let names = matches.removeValue(forKey: name.description) else { continue }
        matches.updateValue(names, forKey: name.description, insertingAt: 0)
      }
      for (environment, names) in matches {
        var loader = PillarLoader(
          pillar: self, context: context, environment: environment, ignored: top.ignored[environment] ?? [])
        for data in await loader.load(names) { pillar = merge(pillar, data) }
        problems += loader.problems
      }
    } catch {
      problems.append(
        PillarProblem(
          error, opening: "Error encountered while rendering pillar top file.", subject: "The pillar's top file"))
    }
    return pillar
  }

  private func add(_ external: ExternalPillar, to pillar: ValueMap, _ problems: inout [PillarProblem]) async -> ValueMap
  {
    var pillar = external.isEmpty || override.isEmpty ? pillar : merge(pillar, override)
    for source in external.sources {
      do {
        if let data = try await external.data(of: source), !data.isEmpty { pillar = merge(pillar, data) }
      } catch {
        problems.append(error)
      }
    }
    return pillar
  }
}
