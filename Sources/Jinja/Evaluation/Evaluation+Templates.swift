extension Evaluation {
  func executeTemplateTag(_ statement: Statement, _ frame: Frame) throws {
    switch statement {
    case .extends(let expression, let offset): try executeExtends(expression, offset, frame)
    case .include(let include): try executeInclude(include, frame)
    case .importModule(let tag, let store):
      put(.object(try module(tag, frame)), in: store, frame, exports: false)
    case .importNames(let tag, let names):
      let module = try module(tag, frame)
      for name in names {
        place = name.offset
        put(module.attribute(name.name) ?? notExported(name, module, frame), in: name.store, frame, exports: false)
      }
    case .importData(let format, let tag, let store):
      let module = try module(tag, frame)
      place = tag.offset
      put(try DataReader.read(module.text, format, what: module.template.file), in: store, frame)
    default: break
    }
  }

  private func notExported(
    _ name: Statement.ImportedName, _ module: TemplateModule, _ frame: Frame
  ) -> TemplateValue {
    let line = frame.template.place(at: name.offset).line
    return undefined(
      Undefined(
        name: name.name,
        owner: "the template '\(module.template.file)' (imported on line \(line) in '\(frame.template.file)') does not "
          + "export the requested name '\(name.name)'"
      ) { module.memberNames })
  }

  private func executeExtends(_ expression: Expression, _ offset: Int, _ frame: Frame) throws {
    let name = try evaluate(expression, frame)
    place = offset
    guard parentTemplate == nil else { throw TemplateFailure(.operation, "extended multiple times") }
    let parent = try load(try templateName(name))
    for (name, block) in parent.blocks { frame.context.blocks[name, default: []].append((block, parent)) }
    parentTemplate = parent
  }

  func templateName(_ value: TemplateValue) throws -> String {
    if let name = value.stringValue { return name }
    if case .undefined(let undefined) = value { throw undefined.failure }
    throw TemplateFailure(.operation, "the name of a template is a string, not \(value.typeName)")
  }

  // MARK: include

  private func executeInclude(_ include: Statement.IncludeStatement, _ frame: Frame) throws {
    let value = try evaluate(include.template, frame)
    place = include.offset
    guard let included = try select(value, ignoresMissing: include.ignoresMissing) else { return }
    guard parentTemplate == nil || captureDepth > topCaptureDepth else { return }
    try step("the include of '\(included.file)'", in: included) {
      let parent = include.withContext ? visible(include.locals, frame) : globals
      try run(included, Context(parent: parent, template: included))
    }
  }

  /// The first template of a name or a list of names that there is.
  private func select(_ value: TemplateValue, ignoresMissing: Bool) throws -> Template? {
    var names: [String]
    switch value {
    case .list(let list): names = try list.elements.map(templateName)
    case .tuple(let elements): names = try elements.map(templateName)
    default: names = [try templateName(value)]
    }
    for name in names {
      do { return try load(name) } catch let failure as TemplateFailure where failure.code == .notFound {
        if names.count == 1, !ignoresMissing { throw failure }
      }
    }
    if ignoresMissing { return nil }
    throw TemplateFailure(
      .notFound, "none of the templates given were found: \(names.map { "'\($0)'" }.joined(separator: ", "))")
  }

  /// All that is visible at a place: the context with the variables of the scopes around.
  func visible(_ index: Int, _ frame: Frame) -> [String: TemplateValue] {
    var names = frame.context.all
    for local in frame.template.locals[index].reversed() {
      var owner = frame
      for _ in 0..<local.hops { owner = owner.parent ?? owner }
      if local.slot < owner.slots.count, let value = owner.slots[local.slot] { names[local.name] = value }
    }
    return names
  }

  // MARK: import

  /// The module of an import: without context, one for all imports of the file in this render.
  private func module(_ tag: Statement.ImportStatement, _ frame: Frame) throws -> TemplateModule {
    let name = try evaluate(tag.template, frame)
    place = tag.offset
    let imported = try load(try templateName(name))
    if !tag.withContext, let known = modules[imported.file] { return known }
    let context = Context(parent: tag.withContext ? visible(tag.locals, frame) : globals, template: imported)
    let text = try step("the import of '\(imported.file)'", in: imported) {
      try capture { try run(imported, context) }
    }
    let module = TemplateModule(imported, context, text)
    if !tag.withContext { modules[imported.file] = module }
    return module
  }

  // MARK: block

  func executeBlock(_ block: BlockDefinition, _ frame: Frame) throws {
    // A template that extends another only defines its blocks.
    if block.isTopLevel, parentTemplate != nil { return }
    place = block.offset
    guard let stack = frame.context.blocks[block.name], let first = stack.first else { return }
    if block.isRequired, stack.count <= 1 {
      throw TemplateFailure(.operation, "Required block '\(block.name)' not found")
    }
    var context = frame.context
    if block.isScoped {
      let derived = Context(parent: visible(block.locals, frame), template: context.template)
      derived.blocks = context.blocks
      context = derived
      contexts.append(derived)
    }
    try run(first.block, first.template, level: 0, context)
  }

  /// Runs one of the definitions of a block.
  func run(_ block: BlockDefinition, _ template: Template, level: Int, _ context: Context) throws {
    try step("the block '\(block.name)'", in: template) {
      let outerParent = parentTemplate
      parentTemplate = nil
      defer { parentTemplate = outerParent }
      let frame = Frame(slotCount: block.slotCount, parent: nil, context: context, template: template)
      frame.slots[block.superSlot] = .object(BlockObject(name: block.name, level: level + 1, context: context))
      _ = try execute(block.body, frame)
    }
  }
}
