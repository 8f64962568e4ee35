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
  var context: FunctionContext
  let environment: String?
  var override: ValueMap
  let strategy: DictionaryMerge
  let joinsLists: Bool
  var roots: FileRoots
  var files: PillarFiles
  let keyring: PillarKeyring
  let secrets: PillarSecretHandling
  var share: PillarShare?
  let git: GitPillarPart.Source?

  /// - Parameters:
  ///   - context: the minion's grains, the functions of this host, and options (`id pillar_roots nodegroups
  ///     pillar_source_merging_strategy pillar_merge_lists pillar_includes_override_sls env_order ext_pillar
  ///     ext_pillar_first exclude_ext_pillar decrypt_pillar gpg_keydir …`).
  ///   - environment: the one environment that counts (`pillarenv`); nil for all.
  ///   - override: what is merged over the result (`pillar=`). Templates see it under `ext_pillar_first` alone.
  ///   - git: finds the directories of `ext_pillar: git`; nil where there are none, on a host without a master.
  ///   - share: what compiles with the same options and environment, and secrets withheld, have in common.
  public init(
    context: FunctionContext, environment: String? = nil, override: ValueMap = [:],
    keyring: PillarKeyring = PillarKeyring(), secrets: PillarSecretHandling = .opened, share: PillarShare? = nil,
    git: GitPillarPart.Source? = nil
  ) {
    self.git = git
    roots = Self.roots(context.options, environment)
    self.share = secrets == .withheld && override.isEmpty ? share : nil
    files = PillarFiles(self.share?.source ?? LocalFileSource(roots), share: self.share)
    var context = MasterlessContext.unmasked(context)
    context.source = files
    var templates = (context.templates as? JinjaRenderer) ?? JinjaRenderer()
    templates.namesEnvironment = false
    context.templates = templates
    for name in ["saltenv", "pillarenv"] where context.options[name] == nil { context.options[name] = .null }
    if let environment { context.options["pillarenv"] = .string(environment) }
    context.pillar = [:]
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
  static func source(_ options: ValueMap, environment: String?) -> LocalFileSource {
    LocalFileSource(roots(options, environment))
  }

  public func compile() async -> CompiledPillar {
    var problems: [PillarProblem] = []
    let top = await self.top()
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
      pillar: pillar, problems: problems + opener.problems, isVolatile: files.isVolatile || external.runsPrograms,
      secrets: opener.secrets)
  }

  func top() async -> PillarTop {
    let key = environment ?? ""
    if let known = share?.tops.result(for: key, context.grains) { return known }
    files.begin()
    let top = await PillarTop.load(context, roots: roots, environment: environment, strategy: strategy)
    if top.problems.isEmpty { share?.tops.keep(top, for: key, files.reads(), context.grains) }
    return top
  }

  func merge(_ first: ValueMap, _ second: ValueMap) -> ValueMap {
    strategy.merge(first, second, joiningLists: joinsLists)
  }

  func render(_ top: PillarTop, _ context: FunctionContext, _ problems: inout [PillarProblem]) async
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
    var pillar = override.isEmpty ? pillar : merge(pillar, override)
    for source in external.sources {
      do {
        let data =
          source.kind == ExternalPillar.git
          ? try await gitPillar(source.setting, &problems) : try await external.data(of: source)
        if let data, !data.isEmpty { pillar = merge(pillar, data) }
      } catch {
        problems.append(error)
      }
    }
    return pillar
  }
}
