import Jinja

/// Each template ends, with a text or with an error that has a place, within its limits.
struct JinjaSubject: FuzzSubject {
  let seeds = [
    "{% for i in range(3) if i %}{{ loop.index }}{% else %}x{% endfor %}",
    "{% set ns = namespace(a=[]) %}{% for k, v in d.items() %}{% do ns.a.append((k, v)) %}{% endfor %}{{ ns.a }}",
    "{% macro m(a, b=1, *c) %}{{ a }}{{ caller() }}{% endmacro %}{% call(x) m(1) %}{{ x }}{% endcall %}",
    "{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{{ '%05d|%-10s|%(a)s' % (1, 'x') }}{{ '{:>10}{a.b}{0[1]}'.format([1, 2], a=d) }}",
    "{{ 'abc'[::-1] ~ (1, 2)[1:] ~ {'a': 1}.a ~ [1, [2]][1][0] }}{{ 1 < 2 <= 3 != 4 in [5] }}",
    "{% load_yaml as y %}\na: [1, {b: c}]\n{% endload %}{{ y.a[1].b|upper }}{{ y|json }}",
    "{% for item in tree recursive %}{{ item.n }}{{ loop(item.c) }}{% endfor %}",
    "{%- if a is defined and b is not none or not c -%}\n x {%- elif 1 %} y {% else %}{% endif +%}",
    "{% extends 'base' %}{% block a %}{{ super() }}{% endblock %}{% include ['x', 'inc'] ignore missing %}",
    "{% from 'inc' import a as b, c with context %}{% import 'inc' as m %}{{ m.a(1) }}",
    "{% filter upper|replace('A', 'b' * 3) %}a{{ 1e5 // 3 % 2 ** 3 }}{% endfilter %}{% set x | trim %} {% endset %}",
    "{% set l = [] %}{% do l.append(l) %}{{ l }}{{ l == l }}{{ l|length }}",
  ]
  let tokens = [
    "{{ ", " }}", "{% ", " %}", "{#", "#}", "-%}", "{%-", "(", ")", "[", "]", "{", "}", "|", ".", ",", ":", "=", "==",
    "**",
    "//", "~", "'", "\"", "\\", "\n", " is ", " in ", " not ", " if ", " else ", "{% for x in y %}", "{% endfor %}",
    "{% set x = ", "range(9)", "range(10**9)", "1", "0x1f", "1e999", "9223372036854775807", "-9223372036854775808", "a",
    "loop", "loop.previtem", "loop.cycle(1,2)", "self", "super()", "caller()", "varargs", "kwargs", "none", "true",
    "x.y",
    "d['k']", "[[[[", "((((", "*a", "**d", "'%999999999d'", "'{:999999}'", "'{0:*^{1}}'", "|map('upper')",
    "|groupby('a')", "|batch(3)", "|slice(3)", "|sort", "|unique", "|tojson", "|yaml", "|yaml(false)",
    "|json(indent=9)",
    "|regex_replace('(a+)+$', 'b')", "|regex_search('(a)(b)?')", "|indent(99999999)", "|center(1e9)", "|wordwrap(1)",
    "|truncate(3)", "|strftime('%s%Q')", "|ipaddr", "|network_hosts", "|sequence", "|traverse('a:b')", "|dictsort",
    "|round(99)", "|int(base=99)", "|format(1,2)", "|xmlattr", "|urlize", "|random", "|list", "|sum", "|join(1)", "é",
    "😀",
    "\u{0}", "{% raw %}", "{% endraw %}", "{% block a %}", "{% endblock %}", "'a' * 99999999", "namespace()",
    "cycler(1)",
    "joiner()", "dict(a=1)", "lipsum()", "{% import_yaml 'inc' as i %}", "{% load_json as j %}", "{% endload %}",
    "{% macro m(x) %}", "{% endmacro %}", "{% call m() %}", "{% endcall %}", "{% with x = 1 %}", "{% endwith %}",
    "{% break %}", "{% continue %}", "{% do ", ".append(x)", ".update(d)", ".format(", ".split()", ".join(", ".items()",
  ]

  func input(fromCase text: CorpusText) -> [UInt8]? {
    text.kind == .template || (text.kind == .tree && text.text.contains("{")) ? Array(text.text.utf8) : nil
  }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    do {
      _ = try environment.render(String(decoding: input, as: UTF8.self), context: context)
      return .accepted
    } catch let error as TemplateError {
      // The words may be empty: `raise('')`.
      return error.line < 1 || error.column < 1 ? .wrong("no place: \(error)") : .refused(error.message)
    } catch {
      return .wrong("another error: \(error)")
    }
  }

  private var environment: TemplateEnvironment {
    let files = [
      "base": "[{% block a %}base{% endblock %}]", "inc": "{% macro a(x) %}{{ x }}{% endmacro %}{% set c = 1 %}{{ x }}",
    ]
    return TemplateEnvironment(
      limits: TemplateLimits(steps: 200_000, bytes: 8 << 20), filters: Filter.standard, tests: TemplateTest.standard,
      loader: { name, _ in files[name].map { LoadedTemplate(source: $0, file: name) } })
  }

  private var context: [String: TemplateValue] {
    [
      "d": .dict(TemplateDict([.string("k"): .int(1), .string("b"): .string("v")])),
      "y": .list(TemplateList([.int(1), .string("a"), .none])), "a": .string("text"), "x": .double(1.5),
      "tree": .list(TemplateList([.dict(TemplateDict([.string("n"): .int(1), .string("c"): .list(TemplateList())]))])),
    ]
  }
}
