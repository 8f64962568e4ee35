public import Functions
public import OrderedCollections
public import Value

/// Renders a text the way an SLS is rendered (`slsutil.renderer`).
public enum RenderedText {
  /// - Parameters:
  ///   - path: where the file is on this host; empty when it is none.
  ///   - file: its path below the roots, or what messages are to call it.
  ///   - pipeline: renderers joined by `|`, where the text names none.
  /// - Throws: `StateProblem` with the place.
  public static func value(
    of text: String, path: String, file: String, sls: String, pipeline: String, environment: String,
    variables: ValueMap, context: FunctionContext
  ) async throws -> Value {
    let renderer = SLSRenderer(
      context: context, environment: environment, variables: variables, fallback: try RenderPipeline.parse(pipeline))
    return try await renderer.render(text, path: path, file: file, sls: sls).value
  }
}
