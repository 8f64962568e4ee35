/// A tag, or text between tags.
indirect enum Statement: Sendable {
  case text(String)
  case print(Expression)
  case expression(Expression)
  case assign(Target, Expression, offset: Int)
  case assignBlock(Target, filter: Expression?, Scope, offset: Int)
  case forLoop(ForLoop)
  case conditional([Branch], otherwise: [Statement])
  case macro(MacroDefinition, Store)
  case callBlock(MacroDefinition, call: Expression)
  case filterBlock(Expression, Scope)
  case with([(target: Target, value: Expression)], Scope, offset: Int)
  case autoescape(Expression, Scope)
  case block(BlockDefinition)
  case extends(Expression, offset: Int)
  case include(IncludeStatement)
  case importModule(ImportStatement, Store)
  case importNames(ImportStatement, names: [ImportedName])
  /// `load_yaml`, `load_json`, `load_text`: the body is a macro of its own, as Salt has it.
  case load(DataFormat, MacroDefinition, Target, offset: Int)
  /// `import_yaml`, `import_json`, `import_text`.
  case importData(DataFormat, ImportStatement, Store)
  case breakLoop
  case continueLoop

  /// Where a variable is put.
  enum Store: Sendable {
    /// A variable of the template itself: others may import it.
    case top(String)
    case slot(Int)
  }

  indirect enum Target: Sendable {
    case variable(Store)
    case tuple([Target], offset: Int)
    /// `namespace.name`: an index into the template's references.
    case attribute(Int, String, offset: Int)
  }

  /// Statements with variables of their own.
  struct Scope: Sendable {
    var body: [Statement]
    var slots: [Int]
  }

  struct Branch: Sendable {
    var test: Expression
    var body: [Statement]
  }

  struct ImportedName: Sendable {
    var name: String
    var store: Store
    var offset: Int
  }

  struct ImportStatement: Sendable {
    var template: Expression
    var withContext: Bool
    var offset: Int
    /// The variables of the scopes around, which an import with context sees: an index into the template's.
    var locals: Int
  }

  struct IncludeStatement: Sendable {
    var template: Expression
    var ignoresMissing: Bool
    var withContext: Bool
    var offset: Int
    var locals: Int
  }

  /// A variable that is in scope: the innermost of a name comes first.
  struct Local: Sendable {
    var name: String
    var hops: Int
    var slot: Int
  }
}
