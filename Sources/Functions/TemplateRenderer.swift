public import OrderedCollections
public import Value

/// Renders templates for functions and states (`file.managed` with `template: jinja`, `slsutil.renderer`). The engine
/// stands above this target, so it is handed in.
public protocol TemplateRenderer: Sendable {
  /// The text of a template rendered with the usual variables (`salt`, `grains`, `pillar`, `opts`, `saltenv`) and the
  /// given ones over them.
  ///
  /// - Parameters:
  ///   - engine: `jinja`, Salt's name of the template engine.
  ///   - file: what errors call it, and what `tplfile` and relative imports go by: `salt://` paths without the scheme.
  /// - Throws: an error whose description has file, line, column and the line.
  func render(
    _ text: String, engine: String, file: String, environment: String, sls: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String
}

/// Refuses everything: a context that was made without an engine.
public struct NoTemplateRenderer: TemplateRenderer {
  public init() {}
  public func render(
    _ text: String, engine: String, file: String, environment: String, sls: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String { throw FunctionError(.unavailable, "there is no template engine here") }
}
