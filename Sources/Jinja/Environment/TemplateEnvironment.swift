/// What templates are rendered with: options, filters, tests, names that all templates see, a loader and limits.
///
/// An environment belongs to one thread, as its filters and values do.
public final class TemplateEnvironment {
  /// Finds the template of an `include`, `import` or `extends`.
  ///
  /// - Parameters: the name as written, which may be relative (`./x`), and the file of the template that asks.
  /// - Returns: nil when there is no such template.
  public typealias Loader = (_ name: String, _ fromTemplate: String) throws -> LoadedTemplate?

  public var options: TemplateOptions
  public var limits: TemplateLimits
  public var filters: [String: Filter] = [:]
  public var tests: [String: TemplateTest] = [:]
  public var globals: [String: TemplateValue]
  public var loader: Loader

  /// - Parameter globals: names for all templates, imports without context too. `BuiltInGlobals.all` is always there.
  public init(
    options: TemplateOptions = TemplateOptions(), limits: TemplateLimits = .standard, filters: [Filter] = [],
    tests: [TemplateTest] = [], globals: [String: TemplateValue] = [:], loader: @escaping Loader = { _, _ in nil }
  ) {
    self.options = options
    self.limits = limits
    self.globals = globals
    self.loader = loader
    for filter in filters { self.filters[filter.name] = filter }
    for test in tests { self.tests[test.name] = test }
  }

  /// Reads a template. It may be rendered again and again with this or another environment of the same options.
  ///
  /// - Parameter file: what errors call it.
  /// - Throws: `TemplateError` with the place of what is not Jinja.
  public func compile(_ source: String, file: String) throws -> Template {
    try Template(source, file: file, environment: self)
  }

  /// Renders a text.
  ///
  /// - Parameter context: the variables; they are seen by imports without context too, as in Salt.
  /// - Returns: the text; a line end at the end of the template is kept, as Salt does.
  /// - Throws: `TemplateError`.
  public func render(
    _ source: String, file: String = "<template>", context: [String: TemplateValue] = [:]
  ) throws -> String {
    try render(try compile(source, file: file), context: context)
  }

  /// Renders a template that was read before.
  public func render(_ template: Template, context: [String: TemplateValue] = [:]) throws -> String {
    var names = BuiltInGlobals.all
    names.merge(globals) { _, new in new }
    names.merge(context) { _, new in new }
    let evaluation = Evaluation(environment: self, template: template, globals: names)
    return try evaluation.render(template)
  }
}
