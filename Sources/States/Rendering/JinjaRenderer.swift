public import Functions
import Glibc
import Jinja
public import OrderedCollections
public import Value

/// Renders Jinja templates as Salt does, for SLS, functions and states.
///
/// A template runs on a thread of its own, which may wait: `salt['module.function']()` runs the host's real functions.
public struct JinjaRenderer: TemplateRenderer {
  /// How long one render may take, functions that it calls included.
  private let timeLimit: UInt64
  /// Bytes of all texts and lists that a template builds.
  private let memoryLimit: Int
  /// Whether `opts.saltenv` is the environment of the file where nobody asked for one: so in states, not in pillar.
  var namesEnvironment = true

  /// - Parameters:
  ///   - timeLimit: for one render.
  ///   - memoryLimit: bytes that one may build.
  public init(timeLimit: Duration = .seconds(900), memoryLimit: Int = TemplateLimits.standard.bytes) {
    self.timeLimit = UInt64(max(0, timeLimit.components.seconds)) * 1_000_000_000
    self.memoryLimit = memoryLimit
  }

  public func render(
    _ text: String, engine: String, file: String, environment: String, sls: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String {
    guard engine == "jinja" else {
      throw FunctionError(
        .unavailable, "Specified template format \(engine) is not supported", hint: "Brine renders jinja.")
    }
    var place = TemplatePlace(path: file, sls: sls)
    if sls.isEmpty || !file.hasSuffix(".sls") {
      let folder = TemplatePlace.parent(of: file) ?? ""
      place.variables["tplpath"] = file
      place.variables["tplfile"] = file
      place.variables["tpldir"] = folder.isEmpty ? "." : folder
      place.variables["tpldot"] = folder.replacing("/", with: ".")
    }
    if !sls.isEmpty { place.variables["sls"] = sls }
    return try await render(
      text, file: file, place: place, isSLS: false, environment: environment, variables: variables, context: context)
  }

  /// Renders an SLS.
  ///
  /// - Parameter path: where it is on this host.
  func render(
    sls text: String, named sls: String, file: String, path: String, environment: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String {
    var place = TemplatePlace(path: path, sls: sls)
    place.variables["sls"] = sls
    return try await render(
      text, file: file, place: place, isSLS: !sls.isEmpty, environment: environment, variables: variables,
      context: context)
  }

  private func render(
    _ text: String, file: String, place: TemplatePlace, isSLS: Bool, environment: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String {
    let words = TemplateText(text)
    guard words.isTemplate else { return text }
    return try await RenderThread.run { bridge in
      let search = TemplateSearch(
        context, environment: environment, folder: place.variables["tpldir"], bridge: bridge)
      var limits = TemplateLimits.standard
      limits.deadline = Self.now() + timeLimit
      limits.bytes = memoryLimit
      let engine = TemplateEnvironment(
        options: JinjaOptions.options(context.options, isSLS: isSLS), limits: limits, filters: Filter.standard,
        tests: TemplateTest.standard, loader: { name, _ in try search.load(name) })
      var context = context
      if namesEnvironment, context.options["saltenv"]?.isNull ?? true {
        context.options["saltenv"] = .string(environment)
      }
      var names = Self.names(context, words, bridge)
      for (name, value) in place.variables { names[name] = .string(value) }
      names["saltenv"] = .string(environment)
      names["env"] = .string(environment)
      for (name, value) in variables { names[name.description] = TemplateValue(value, isOrdered: true) }
      names["show_full_context"] = .object(FullContext(names))
      do {
        return try engine.render(text, file: file, context: names)
      } catch let error as TemplateError {
        throw TemplateProblem.problem(error)
      }
    }
  }

  /// `salt`, `grains`, `pillar` and `opts`. Large maps are only made into template values where a template may use them.
  private static func names(
    _ context: FunctionContext, _ words: TemplateText, _ bridge: TaskBridge
  ) -> [String: TemplateValue] {
    var names: [String: TemplateValue] = ["salt": .object(SaltFunctions(TemplateCalls(context, bridge)))]
    let needsAll = words.readsOthers
    if needsAll || words.contains("grains") { names["grains"] = TemplateValue(.map(words.grains(of: context.grains))) }
    if needsAll || words.contains("pillar") { names["pillar"] = TemplateValue(.map(context.pillar), isOrdered: true) }
    if needsAll || words.contains("opts") {
      let opts = TemplateValue(.map(options(context)))
      if case .dict(let dict) = opts { dict["pillar"] = names["pillar"] ?? dict["pillar"] }
      names["opts"] = opts
    }
    return names
  }

  /// `opts` as Salt's templates know it: with grains and pillar.
  private static func options(_ context: FunctionContext) -> ValueMap {
    var options = context.options
    options["grains"] = .map(context.grains)
    options["pillar"] = .map(context.pillar)
    options["__role"] = "minion"
    options["__cli"] = options["file_client"] == "remote" ? "salt-minion" : "salt-call"
    let top = options["state_top"]?.stringValue ?? "top.sls"
    options["state_top"] = .string(top.contains("://") ? top : "salt://\(top)")
    return options
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
