import Functions
import HostSystem
import OrderedCollections
import Value

/// Renders SLS: from a text through its renderers to data.
struct SLSRenderer: Sendable {
  let context: FunctionContext
  let environment: String
  /// More variables for templates.
  var variables: ValueMap = [:]
  /// For texts without a `#!` line.
  var fallback = RenderPipeline.standard
  /// Set for a pillar: the `gpg` renderer then only marks the texts that hold messages; they are decrypted once all is
  /// merged. Otherwise it decrypts at once.
  var cipherMark: String?

  /// - Parameters:
  ///   - path: where the file is on this host, for `tplpath`.
  ///   - file: its path below the roots, for messages.
  ///   - sls: its dotted name; empty for a top file.
  /// - Throws: `StateProblem` with the place; without Salt's opening sentence, which depends on what the SLS is.
  func render(
    _ text: String, path: String, file: String, sls: String, includedFrom: SourcePlace? = nil
  ) async throws(StateProblem) -> RenderedDocument {
    var pipeline: RenderPipeline
    do {
      pipeline = try RenderPipeline.of(text, fallback: fallback)
    } catch {
      throw StateProblem(
        error.message, place: "\(file):1", hint: error.hint, cause: "its first line names a renderer that is not there")
    }
    var source = RenderedSource(file: file, sls: sls, environment: environment, text: text, includedFrom: includedFrom)
    while let stage = pipeline.stages.first {
      pipeline.stages.removeFirst()
      switch stage {
      case .jinja:
        let rendered = try await jinja(source.text, path: path, file: file, sls: sls)
        source.isRendered = source.isRendered || Self.lineCount(rendered) != Self.lineCount(source.text)
        source.text = rendered
      case .gpg: source.text = try await decrypted(source.text, file)
      case .yaml:
        let content = RenderedDocument.Content.yaml(try yaml(source))
        return try await decrypted(RenderedDocument(content: content, source: source), pipeline)
      case .json:
        return try await decrypted(RenderedDocument(content: .data(try json(source)), source: source), pipeline)
      case .text: return RenderedDocument(content: .data(.string(source.text)), source: source)
      }
    }
    return RenderedDocument(content: .data(.string(source.text)), source: source)
  }

  /// What the `gpg` renderer makes of data.
  private func decrypted(
    _ document: RenderedDocument, _ rest: RenderPipeline
  ) async throws(StateProblem) -> RenderedDocument {
    guard rest.stages.contains(.gpg) else { return document }
    var document = document
    if let cipherMark {
      document.content = .data(CipherMarking.mark(document.value, cipherMark))
      return document
    }
    do { document.content = .data(try await GPGProgram(context).decrypt(value: document.value)) } catch {
      throw StateProblem(error.message, place: document.source.file, cause: error.summary)
    }
    return document
  }

  /// What it makes of a text that is not data yet.
  private func decrypted(_ text: String, _ file: String) async throws(StateProblem) -> String {
    guard cipherMark == nil else {
      throw StateProblem(
        "In a pillar the renderer gpg comes after yaml or json", place: "\(file):1",
        hint: "Write '#!jinja|yaml|gpg': what is decrypted is then only what reaches a minion.",
        cause: "the renderer gpg does not come last")
    }
    do { return try await GPGProgram(context).decrypt(text: text) } catch {
      throw StateProblem(error.message, place: file, cause: error.summary)
    }
  }

  private static func lineCount(_ text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

  private func jinja(_ text: String, path: String, file: String, sls: String) async throws(StateProblem) -> String {
    do {
      return try await ((context.templates as? JinjaRenderer) ?? JinjaRenderer()).render(
        sls: text, named: sls, file: file, path: path, environment: environment, variables: variables,
        context: context)
    } catch let problem as StateProblem {
      throw problem
    } catch {
      throw StateProblem(String(describing: error))
    }
  }

  private func yaml(_ source: RenderedSource) throws(StateProblem) -> YAMLNode {
    do {
      return try YAMLParser.parse(source.text, file: source.file)
    } catch {
      let place = SourcePlace(file: source.file, line: error.line, column: error.column)
      throw StateProblem(
        error.message, place: source.excerpt(place), hint: error.advice, cause: "what it renders to is not valid YAML")
    }
  }

  private func json(_ source: RenderedSource) throws(StateProblem) -> Value {
    var text = source.text
    var skipped = 0
    if text.hasPrefix("#!") {
      text = String(text.drop { !$0.isNewline }.dropFirst())
      skipped = 1
    }
    if text.trimmingSpaces().isEmpty { return .map([:]) }
    do {
      return try JSONParser.parse(text)
    } catch {
      let place = SourcePlace(file: source.file, line: error.line + skipped, column: error.column)
      throw StateProblem(
        error.message, place: source.excerpt(place), cause: "what it renders to is not valid JSON")
    }
  }
}
