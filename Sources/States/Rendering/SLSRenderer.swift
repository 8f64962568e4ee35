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
      throw StateProblem(error.message, place: "\(file):1", hint: error.hint)
    }
    var source = RenderedSource(file: file, sls: sls, environment: environment, text: text, includedFrom: includedFrom)
    while let stage = pipeline.stages.first {
      pipeline.stages.removeFirst()
      switch stage {
      case .jinja:
        let rendered = try await jinja(source.text, path: path, file: file, sls: sls)
        source.isRendered = source.isRendered || Self.lineCount(rendered) != Self.lineCount(source.text)
        source.text = rendered
      case .yaml: return RenderedDocument(content: .yaml(try yaml(source)), source: source)
      case .json: return RenderedDocument(content: .data(try json(source)), source: source)
      case .text: return RenderedDocument(content: .data(.string(source.text)), source: source)
      }
    }
    return RenderedDocument(content: .data(.string(source.text)), source: source)
  }

  private static func lineCount(_ text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

  private func jinja(_ text: String, path: String, file: String, sls: String) async throws(StateProblem) -> String {
    do {
      return try await JinjaRenderer().render(
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
      throw StateProblem(error.message, place: source.excerpt(place), hint: error.advice)
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
      throw StateProblem(error.message, place: source.excerpt(place))
    }
  }
}
