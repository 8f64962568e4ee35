extension Evaluation {
  /// Renders the template of the environment's caller.
  func render(_ template: Template) throws -> String {
    defer { release() }
    let context = Context(parent: globals, template: template)
    do {
      try run(template, context)
    } catch let failure as TemplateFailure {
      throw TemplateError(failure, in: self.template, at: place)
    }
    return template.endsWithNewline ? output + "\n" : output
  }

  /// Macros and the frames they stand in hold each other: the circle is opened when the render is over.
  private func release() {
    CycleBreaker.breakCycles(of: suspects)
    suspects = []
    for frame in captured { frame.clear() }
    for context in contexts {
      context.variables = [:]
      context.parent = [:]
    }
    for module in modules.values { module.clear() }
    captured = []
    contexts = []
    modules = [:]
  }

  /// Runs a template, and the one it extends, with the given context.
  func run(_ start: Template, _ context: Context) throws {
    contexts.append(context)
    try claim(bytes: 512)
    var template = start
    while true {
      let frame = Frame(slotCount: template.slotCount, parent: nil, context: context, template: template)
      let (outerTemplate, outerParent, outerTop) = (self.template, parentTemplate, topCaptureDepth)
      self.template = template
      parentTemplate = nil
      topCaptureDepth = captureDepth
      _ = try execute(template.body, frame)
      let parent = parentTemplate
      self.template = outerTemplate
      parentTemplate = outerParent
      topCaptureDepth = outerTop
      guard let parent else { return }
      template = parent
      try checkInheritance()
    }
  }

  private func checkInheritance() throws {
    inheritances += 1
    guard inheritances <= 100 else {
      throw TemplateFailure(.limit, "templates extend one another more than 100 times")
    }
  }

  /// Runs something and gives what it prints.
  func capture(_ body: () throws -> Void) throws -> String {
    var outer = ""
    swap(&outer, &output)
    captureDepth += 1
    defer {
      captureDepth -= 1
      swap(&outer, &output)
    }
    try body()
    return output
  }

  /// Runs a part of a template from another place: errors within get the place they are at, and this step in their chain.
  func step<Result>(_ what: @autoclosure () -> String, in template: Template, _ body: () throws -> Result) throws
    -> Result
  {
    let (outerTemplate, outerPlace) = (self.template, place)
    self.template = template
    defer { (self.template, place) = (outerTemplate, outerPlace) }
    func here() -> TemplateError.Step {
      let at = outerTemplate.place(at: outerPlace)
      return TemplateError.Step(what: what(), file: outerTemplate.file, line: at.line, column: at.column)
    }
    do {
      return try descend(body)
    } catch let failure as TemplateFailure {
      var error = TemplateError(failure, in: self.template, at: place)
      error.chain.append(here())
      throw error
    } catch var error as TemplateError {
      // A macro that calls itself a hundred times says so often enough.
      if error.chain.count < 20 { error.chain.append(here()) }
      throw error
    }
  }

  /// The template of an `include`, `import` or `extends`.
  func load(_ name: String) throws -> Template {
    guard let loaded = try environment.loader(name, template.file) else {
      throw TemplateFailure(
        .notFound, "the template '\(name)' does not exist",
        hint: "names begin at the top of the file roots; './' and '../' begin at the file that has the tag")
    }
    globals.merge(loaded.globals) { _, new in new }
    if let known = templates[loaded.file] { return known }
    do {
      let template = try environment.compile(loaded.source, file: loaded.file)
      templates[loaded.file] = template
      return template
    } catch var error as TemplateError {
      let here = template.place(at: place)
      error.chain.append(
        .init(what: "the template '\(loaded.file)'", file: template.file, line: here.line, column: here.column))
      throw error
    }
  }
}
