import Jinja
import Testing
import Value

/// The case library: templates, and what real Salt makes of them.
@Suite struct JinjaCaseTests {
  /// Where we differ from Salt, and why.
  static let known: [String: String] = [
    "expressions/arithmetic.json#17": "integers beyond 64 bits are an error that says so",
    "expressions/literals.json#10": "integers beyond 64 bits are an error that says so",
    "filters/map_select.json#19": "Jinja's groupby fails here, which is a fault of Jinja",
    "filters/salt_serializers.json#16": "Salt's xml fails on lists of texts, which is a fault of Salt",
    "unicode/text.json#7": "characters by name are an error that says so",
  ]

  @Test func libraryIsThere() {
    #expect(TemplateCase.all.count > 250)
  }

  @Test(arguments: TemplateCase.all)
  func matchesSalt(_ example: TemplateCase) {
    let result = RenderThread.run { Result { try Self.render(example) } }
    let reason = Self.known[example.name]
    withKnownIssue(reason.map { Comment(rawValue: $0) }, isIntermittent: false) {
      switch (example.expected, result) {
      case (.text(let text), .success(let output)?): #expect(output == text)
      case (.text(let text), .failure(let error)?): Issue.record("\(error)\nexpected \(text)")
      case (.error, .success(let output)?): Issue.record("an error is expected; got \(output)")
      case (.error(let line, let file), .failure(let error)?):
        guard let error = error as? TemplateError else {
          Issue.record("\(error) has no place")
          return
        }
        #expect(Self.isPlace(error, line: line, file: file, in: example), "\(error)")
      case (_, nil): Issue.record("there is no thread to render on")
      }
    } when: {
      reason != nil
    }
  }

  /// Salt points to the line in which a tag begins; we to the line of the tag that the error is in.
  private static func isPlace(_ error: TemplateError, line: Int?, file: String?, in example: TemplateCase) -> Bool {
    guard let line else { return true }
    guard error.file == file ?? "template" else { return false }
    if error.line == line { return true }
    let text = file.flatMap { example.files[$0] } ?? example.template
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard error.line > line, error.line <= lines.count else { return false }
    return !lines[(line - 1)..<(error.line - 1)].contains { $0.contains("}}") || $0.contains("%}") }
  }

  static func render(_ example: TemplateCase) throws -> String {
    let roots = RootsLoader(files: example.files, folder: folder(of: example))
    let environment = TemplateEnvironment(
      options: options(of: example), filters: Filter.standard, tests: TemplateTest.standard,
      loader: { name, _ in roots.load(name) })
    var context: [String: TemplateValue] = [:]
    for (name, value) in example.context { context[name.stringValue ?? ""] = TemplateValue(value) }
    if let folder = roots.folder { context["tpldir"] = .string(folder) }
    return try environment.render(example.template, file: "template", context: context)
  }

  private static func folder(of example: TemplateCase) -> String? {
    guard let sls = example.sls else { return nil }
    let path = sls.split(separator: ".").map(String.init)
    let isFolder = example.files[path.joined(separator: "/") + "/init.sls"] != nil
    let folder = isFolder ? path : path.dropLast()
    return folder.isEmpty ? "." : folder.joined(separator: "/")
  }

  private static func options(of example: TemplateCase) -> TemplateOptions {
    var options = TemplateOptions(
      trimBlocks: example.options?["jinja_trim_blocks"]?.boolValue ?? false,
      lstripBlocks: example.options?["jinja_lstrip_blocks"]?.boolValue ?? false,
      allowsUndefined: example.options?["allow_undefined"]?.boolValue ?? false)
    let map = example.options?[example.sls == nil ? "jinja_env" : "jinja_sls_env"]?.mapValue
    if let map { options.apply(map) }
    return options
  }
}
