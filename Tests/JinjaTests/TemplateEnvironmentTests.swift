import Jinja
import Testing
import Value

/// What a host relies on.
@Suite struct TemplateEnvironmentTests {
  /// A host's object, as `salt` is one: functions by item and by attribute.
  private final class Host: NamedMembers {
    var typeName: String { "Host" }
    var memberNames: [String] { ["test.echo"] }

    func item(_ key: TemplateValue) -> TemplateValue? {
      key.stringValue == "test.echo"
        ? .object(
          FunctionObject("test.echo") { arguments, _ in
            try arguments.bind("test.echo", .required("text"))[0]
          }) : nil
    }
  }

  private func render(
    _ template: String, limits: TemplateLimits = .standard, context: [String: TemplateValue] = [:]
  ) -> Result<String, any Error> {
    RenderThread.run {
      Result {
        try TemplateEnvironment(
          limits: limits, filters: Filter.standard, tests: TemplateTest.standard, globals: ["salt": .object(Host())]
        ).render(template, context: context)
      }
    } ?? .success("no thread")
  }

  private func code(_ result: Result<String, any Error>) -> TemplateFailure.Code? {
    if case .failure(let error as TemplateError) = result { error.code } else { nil }
  }

  @Test func hostObjectsAreCalled() throws {
    #expect(try render("{{ salt['test.echo']('hi') }}").get() == "hi")
    guard case .failure(let error as TemplateError) = render("{{ salt['test.ecko']('hi') }}") else {
      Issue.record("a missing function is an error")
      return
    }
    #expect(error.hint == "did you mean 'test.echo'?")
  }

  @Test func valuesComeInAndGoOut() throws {
    let value: Value = ["a": [1, 2.5, true, "x"], "b": .null, 3: .bytes([1])]
    #expect(try TemplateValue(value).value() == value)
  }

  @Test func aTemplateIsRenderedAgain() throws {
    let outputs = RenderThread.run {
      Result {
        let environment = TemplateEnvironment()
        let template = try environment.compile("{% set l = [] %}{% do l.append(x) %}{{ l }}\n", file: "t")
        return try ["a", "b"].map { try environment.render(template, context: ["x": .string($0)]) }
      }
    }
    #expect(try outputs?.get() == ["['a']\n", "['b']\n"])
  }

  @Test func limitsHold() {
    let steps = render("{% for i in range(9999) %}{{ i }}{% endfor %}", limits: TemplateLimits(steps: 1_000))
    #expect(code(steps) == .limit)
    let bytes = render("{{ 'a' * 5000 }}", limits: TemplateLimits(bytes: 1_000))
    #expect(code(bytes) == .limit)
    let time = render(
      "{% for i in range(99999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
      limits: TemplateLimits(deadline: 1))
    #expect(code(time) == .limit)
    let depth = render("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", limits: TemplateLimits(depth: 10))
    #expect(code(depth) == .limit)
  }

  @Test func headerLineSetsOptions() throws {
    let header = "#jinja2: {\"trim_blocks\": true, \"lstrip_blocks\": true}\n"
    #expect(try render(header + "  {% if 1 %}\n  x\n  {% endif %}\ny\n").get() == "  x\ny\n")
    guard case .failure(let error as TemplateError) = render(header + "a\n{{ nope }}") else {
      Issue.record("expected an error")
      return
    }
    #expect(error.line == 3)
  }

  @Test func thousandElementsAreFast() throws {
    let clock = ContinuousClock()
    let start = clock.now
    _ = try render(
      "{% for i in range(1000) %}{% if i % 3 == 0 %}{{ a }}-{{ b|upper }}-{{ i }}-{{ loop.index }}{% endif %}{% endfor %}",
      context: ["a": "x", "b": "y"].mapValues(TemplateValue.string)
    ).get()
    // Generous: debug builds on a busy machine. The measurement is in `make bench`.
    #expect(clock.now - start < .seconds(2))
  }
}
