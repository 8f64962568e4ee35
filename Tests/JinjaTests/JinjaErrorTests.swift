import Jinja
import Testing

/// What a person sees when a template is wrong.
@Suite struct JinjaErrorTests {
  private static let files = [
    "map.jinja": "{% set web = {'port': 80} %}\n{% macro conf(name) %}\n{{ name.upper }}{{ nmae }}\n{% endmacro %}",
    "inner.j": "one\n{{ 1 / 0 }}\n", "bad.j": "{% if %}",
  ]

  private static func message(_ template: String) -> String? {
    RenderThread.run { () -> String? in
      let environment = TemplateEnvironment(
        filters: Filter.standard, tests: TemplateTest.standard,
        loader: { name, _ in files[name].map { LoadedTemplate(source: $0, file: name) } })
      do {
        return try environment.render(template, file: "top.sls", context: ["grains": .dict(grains)])
      } catch { return "\(error)" }
    } ?? nil
  }

  private static var grains: TemplateDict {
    TemplateDict([.string("os_family"): .string("Debian"), .string("id"): .string("web1")])
  }

  static let cases: [(template: String, message: String)] = [
    (
      "a\n{{ grains.os_famly }}\n",
      "top.sls:2:11: 'dict object' has no attribute 'os_famly'\n  {{ grains.os_famly }}\n            ^\ndid you mean 'os_family'?"
    ),
    ("{{ grians }}", "top.sls:1:4: 'grians' is undefined\n  {{ grians }}\n     ^\ndid you mean 'grains'?"),
    (
      "{{ 'a'|uper }}", "top.sls:1:8: No filter named 'uper'.\n  {{ 'a'|uper }}\n         ^\ndid you mean 'upper'?"
    ),
    (
      "x\n{% include 'inner.j' %}",
      "inner.j:2:6: division by zero\n  {{ 1 / 0 }}\n       ^\nin the include of 'inner.j', from top.sls:2:4"
    ),
    (
      "{% import 'map.jinja' as m %}\n\n  {{ m.conf('x') }}",
      "map.jinja:3:20: 'nmae' is undefined\n  {{ name.upper }}{{ nmae }}\n                     ^\ndid you mean 'name'?\n"
        + "in macro 'conf', from top.sls:3:8"
    ),
    (
      "{% from 'map.jinja' import wbe %}{{ wbe.port }}",
      "top.sls:1:37: the template 'map.jinja' (imported on line 1 in 'top.sls') does not export the requested name 'wbe'\n"
        + "  {% from 'map.jinja' import wbe %}{{ wbe.port }}\n                                      ^\ndid you mean 'web'?"
    ),
    (
      "{% for x in [1] %}\n{% if x %}\n{% endfor %}",
      "top.sls:3:4: Encountered unknown tag 'endfor'. You probably made a nesting mistake. Jinja is expecting this tag, but "
        + "currently looking for 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.\n"
        + "  {% endfor %}\n     ^\n'if' opens at line 2"
    ),
    (
      "{% include 'bad.j' %}",
      "bad.j:1:7: Expected an expression, got 'end of statement block'\n  {% if %}\n        ^\nin the template 'bad.j', from top.sls:1:4"
    ),
    ("{{ raise('no such role') }}", "top.sls:1:4: no such role\n  {{ raise('no such role') }}\n     ^"),
  ]

  @Test(arguments: cases.indices)
  func saysWhatAndWhere(_ index: Int) {
    let (template, message) = Self.cases[index]
    #expect(Self.message(template) == message)
  }
}
