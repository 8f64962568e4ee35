/// A template that a loader has found.
public struct LoadedTemplate {
  public var source: String
  /// What errors call it, and what it is remembered by: the same file is read once in a render.
  public var file: String
  /// Names that templates loaded from now on see: Salt's `tpldir`, `tplfile` and `tpldot` of the file.
  public var globals: [String: TemplateValue]

  public init(source: String, file: String, globals: [String: TemplateValue] = [:]) {
    self.source = source
    self.file = file
    self.globals = globals
  }
}
