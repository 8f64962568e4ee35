public import Functions
public import OrderedCollections
public import Value

/// What functions and states need of a host that has no master for it: files from `file_roots`, templates, and a pillar
/// compiled from `pillar_roots`.
public enum MasterlessContext {
  /// The context with file source, template engine and pillar. One that has a file source already is taken as complete:
  /// then only the override is merged.
  ///
  /// - Parameters:
  ///   - pillarOverride: `pillar=` of a call, merged over the pillar, and seen while it is compiled.
  ///   - pillarEnvironment: `pillarenv=`; nil for all environments.
  public static func prepare(
    _ context: FunctionContext, pillarOverride: ValueMap = [:], pillarEnvironment: String? = nil
  ) async -> FunctionContext {
    var context = context
    let strategy = DictionaryMerge(rawValue: text("pillar_source_merging_strategy", context) ?? "smart") ?? .smart
    guard context.source is NoFileSource else {
      if !pillarOverride.isEmpty {
        context.pillar = strategy.merge(context.pillar, pillarOverride, joiningLists: joinsLists(context))
      }
      return context
    }
    context.source = LocalFileSource(FileRoots(context.options["file_roots"], fallback: "/srv/salt"))
    if context.templates is NoTemplateRenderer { context.templates = JinjaRenderer() }
    let environment = pillarEnvironment ?? text("pillarenv", context)
    context.pillar = await LocalPillar(context: context, environment: environment, override: pillarOverride).compile()
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
