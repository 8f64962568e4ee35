public import Functions
public import OrderedCollections
public import Value

/// What functions and states need around them: files, templates and the pillar. They come from the master that the context
/// has, or without one from this host's own `file_roots` and `pillar_roots`.
public enum MasterlessContext {
  /// The context with file source, template engine and pillar. One that has a file source already is taken as complete:
  /// then only the override is merged.
  ///
  /// - Parameters:
  ///   - pillarOverride: `pillar=` of a call, merged over the pillar, and seen while it is compiled.
  ///   - pillarEnvironment: `pillarenv=`; nil for all environments.
  /// - Throws: `FunctionError` when the master gives no pillar.
  public static func prepare(
    _ context: FunctionContext, pillarOverride: ValueMap = [:], pillarEnvironment: String? = nil
  ) async throws -> FunctionContext {
    var context = context
    let strategy = DictionaryMerge(rawValue: text("pillar_source_merging_strategy", context) ?? "smart") ?? .smart
    guard context.source is NoFileSource else {
      if !pillarOverride.isEmpty {
        context.pillar = strategy.merge(context.pillar, pillarOverride, joiningLists: joinsLists(context))
      }
      return context
    }
    context = withFiles(context)
    let environment = pillarEnvironment ?? text("pillarenv", context)
    if let master = context.master {
      context.pillar = try await master.pillar(
        environment: environment, override: pillarOverride, saltenv: text("saltenv", context))
      return context
    }
    context.pillar = await PillarCompiler(
      context: context, environment: environment, override: pillarOverride
    ).compile().value
    return context
  }

  /// The same for whom a pillar with errors is no pillar.
  ///
  /// - Throws: `FunctionError` that names the errors; the exit code is then Salt's for it.
  public static func prepareWhole(
    _ context: FunctionContext, pillarOverride: ValueMap = [:], pillarEnvironment: String? = nil
  ) async throws -> FunctionContext {
    let prepared = try await prepare(
      context, pillarOverride: pillarOverride, pillarEnvironment: pillarEnvironment)
    guard let errors = prepared.pillar["_errors"]?.listValue, !errors.isEmpty else { return prepared }
    context.reportExitCode(StateExit.pillarFailed)
    throw FunctionError(
      .failed, "Pillar failed to render with the following messages:",
      hint: errors.map(\.description).joined(separator: "\n"))
  }

  /// The same without a pillar: for functions that only want files.
  public static func withFiles(_ context: FunctionContext) -> FunctionContext {
    guard context.source is NoFileSource else { return context }
    var context = context
    context.source =
      context.master?.fileSource()
      ?? LocalFileSource(FileRoots(context.options["file_roots"], fallback: "/srv/salt"))
    if context.templates is NoTemplateRenderer { context.templates = JinjaRenderer() }
    return context
  }

  /// A context in which pillar values are plain: for templates and states, which Salt masks nothing for.
  public static func unmasked(_ context: FunctionContext) -> FunctionContext {
    var context = context
    context.options["pillar_mask_output"] = false
    return context
  }

  static func joinsLists(_ context: FunctionContext) -> Bool { context.options["pillar_merge_lists"] == true }

  private static func text(_ option: String, _ context: FunctionContext) -> String? {
    guard let value = context.options[option], !value.isNull else { return nil }
    return value.description
  }
}
