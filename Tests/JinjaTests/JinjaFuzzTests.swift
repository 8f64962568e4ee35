import Glibc
import Jinja
import Testing

/// Templates that a person could have mistyped, and some that a person could have meant badly: each ends, with a text or
/// with an error that has a place, within its limits.
@Suite struct JinjaFuzzTests {
  /// How many templates; `BRINE_FUZZ` sets more for a long run.
  static let rounds = getenv("BRINE_FUZZ").flatMap { Int(String(cString: $0)) } ?? 4_000

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  private static let seeds = [
    "{% for i in range(3) if i %}{{ loop.index }}{% else %}x{% endfor %}",
    "{% set ns = namespace(a=[]) %}{% for k, v in d.items() %}{% do ns.a.append((k, v)) %}{% endfor %}{{ ns.a }}",
    "{% macro m(a, b=1, *c) %}{{ a }}{{ caller() }}{% endmacro %}{% call(x) m(1) %}{{ x }}{% endcall %}",
    "{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{{ '%05d|%-10s|%(a)s' % (1, 'x') }}{{ '{:>10}{a.b}{0[1]}'.format([1, 2], a=d) }}",
    "{{ 'abc'[::-1] ~ (1, 2)[1:] ~ {'a': 1}.a ~ [1, [2]][1][0] }}{{ 1 < 2 <= 3 != 4 in [5] }}",
    "{% load_yaml as y %}\na: [1, {b: c}]\n{% endload %}{{ y.a[1].b|upper }}{{ y|json }}",
    "{% for item in tree recursive %}{{ item.n }}{{ loop(item.c) }}{% endfor %}",
    "{%- if a is defined and b is not none or not c -%}\n x {%- elif 1 %} y {% else %}{% endif +%}",
    "{% block b scoped %}{{ self.b }}{% endblock %}{% raw %}{{ x }}{% endraw %}{# c #}",
    "{% extends 'base' %}{% block a %}{{ super() }}{% endblock %}{% include ['x', 'inc'] ignore missing %}",
    "{% from 'inc' import a as b, c with context %}{% import 'inc' as m %}{{ m.a(1) }}",
    "{% filter upper|replace('A', 'b' * 3) %}a{{ 1e5 // 3 % 2 ** 3 }}{% endfilter %}{% set x | trim %} {% endset %}",
    "{% with a = [3, 1, 2], b = {} %}{{ a|sort|join(',') }}{% do b.update(a=a) %}{{ b }}{% endwith %}",
    "{% set l = [] %}{% do l.append(l) %}{{ l }}{{ l == l }}{{ l|length }}",
  ]

  private static let pieces = [
    "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "(", ")", "[", "]", "{", "}", "|", ".", ",", ":", "=", "==", "**",
    "//",
    "~", "'", "\"", "\\", "\n", " ", "is ", "in ", "not ", "if ", "else ", "for x in y", "endfor", "set x = ",
    "range(9)",
    "1", "0x1f", "1e999", "9223372036854775807", "-9223372036854775808", "a", "loop", "self", "super()", "caller()",
    "varargs", "kwargs", "none", "true", "x.y", "d['k']", "[[[[", "((((", "*a", "**d", "'%999999999d'", "'{:999999}'",
    "|map('upper')", "|groupby('a')", "|batch(3)", "\u{e9}", "\u{1F600}", "\0", "{% raw %}", "{% endraw %}",
    "{% block a %}",
    "'a' * 99999999", "|yaml(false)", "|regex_replace('(a+)+$', 'b')", "|tojson", "|indent(99999999)", "|center(1e9)",
  ]

  private static func mutated(_ seed: String, _ random: inout Generator) -> String {
    var scalars = Array(seed.unicodeScalars)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: scalars.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").unicodeScalars, at: place)
      case 1: if place < scalars.count { scalars.remove(at: place) }
      case 2: scalars.insert(contentsOf: (seeds.randomElement(using: &random) ?? "").unicodeScalars, at: place)
      case 3:
        let end = min(scalars.count, place + Int.random(in: 1...20, using: &random))
        scalars.insert(contentsOf: scalars[place..<end], at: place)
      default:
        let end = min(scalars.count, place + Int.random(in: 1...10, using: &random))
        scalars.removeSubrange(place..<end)
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  @Test func mutatedTemplatesEnd() {
    let unplaced = RenderThread.run {
      var unplaced: [String] = []
      for round in 0..<Self.rounds {
        var random = Generator(state: UInt64(round))
        let template = Self.mutated(Self.seeds[round % Self.seeds.count], &random)
        do { _ = try Self.environment().render(template, context: Self.context()) } catch let error as TemplateError {
          if error.line < 1 || error.column < 1 || error.message.isEmpty { unplaced.append(template) }
        } catch {
          unplaced.append("\(template): \(error)")
        }
      }
      return unplaced
    }
    #expect(unplaced == [])
  }

  static func environment() -> TemplateEnvironment {
    let files = [
      "base": "[{% block a %}base{% endblock %}]", "inc": "{% macro a(x) %}{{ x }}{% endmacro %}{% set c = 1 %}{{ x }}",
    ]
    return TemplateEnvironment(
      limits: TemplateLimits(steps: 200_000, bytes: 8 << 20), filters: Filter.standard, tests: TemplateTest.standard,
      loader: { name, _ in files[name].map { LoadedTemplate(source: $0, file: name) } })
  }

  static func context() -> [String: TemplateValue] {
    [
      "d": .dict(TemplateDict([.string("k"): .int(1), .string("b"): .string("v")])),
      "y": .list(TemplateList([.int(1), .string("a"), .none])), "a": .string("text"), "x": .double(1.5),
      "tree": .list(TemplateList([.dict(TemplateDict([.string("n"): .int(1), .string("c"): .list(TemplateList())]))])),
    ]
  }

  /// Templates that try to end or stall the process.
  static let hostile = [
    String(repeating: "(", count: 100_000), "{{ " + String(repeating: "(", count: 100_000) + "1",
    "{{ " + String(repeating: "-", count: 50_000) + "1 }}", "{{ " + String(repeating: "not ", count: 50_000) + "1 }}",
    "{{ " + String(repeating: "[", count: 50_000) + " }}", "{{ 1" + String(repeating: "+1", count: 100_000) + " }}",
    "{{ a" + String(repeating: ".b", count: 100_000) + " }}",
    "{{ a" + String(repeating: "|upper", count: 100_000) + " }}",
    "{{ a" + String(repeating: " if 1 else a", count: 50_000) + " }}",
    String(repeating: "{% if 1 %}", count: 50_000), String(repeating: "{% for x in y %}", count: 50_000),
    String(repeating: "{% macro m() %}", count: 50_000), "{% set " + String(repeating: "(", count: 50_000),
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% include 'self' %}", "{% import 'self' as s %}",
    "{% extends 'self' %}", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% set ns = namespace(x='a' * 1000) %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{{ 'a' * 10 ** 15 }}", "{{ [1] * 10 ** 15 }}", "{{ '%999999999d' % 1 }}", "{{ '{:999999999}'.format(1) }}",
    "{{ 'a'.ljust(10 ** 15) }}", "{{ 'a'.zfill(10 ** 15) }}", "{{ range(10 ** 18) }}",
    "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "{% set l = [1] %}{% for x in l %}{% do l.append(x) %}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}",
    "{% set ns = namespace(x=()) %}{% for i in range(100000) %}{% set ns.x = (ns.x,) %}{% endfor %}",
    "{% set ns = namespace(x={}) %}{% for i in range(100000) %}{% set ns.x = {'a': [ns.x, (ns.x,)]} %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=1) %}{% for i in range(100000) %}{% set ns.x = namespace(x=ns.x) %}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(50000) %}{% set ns.x = [ns.x.append] %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% set ns.x = cycler(ns.x) %}{% endfor %}",
    "{% set ns = namespace(x={}) %}{% for i in range(50000) %}{% set ns.x = {'a': ns.x}.items() %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% for j in [ns.x] %}{% set ns.x = loop %}{% endfor %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% set ns.x = [ns.x]|map('first') %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% set ns.x = joiner(ns.x) %}{% endfor %}",
    "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(90) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}"
      + "{% endfor %}{{ ns.x == ns.y }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(90) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|json }}",
    "{% set ns = namespace(x=(1,)) %}{% for i in range(20) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}",
    "{% set ns = namespace() %}{% macro m(ns) %}{% for i in [1, 2] if i %}{% set ns.l = loop %}{% endfor %}{% endmacro %}"
      + "{{ m(ns) }}{{ ns.l.last }}{{ ns.l.length }}",
    "{% set l = [] %}{% do l.append(l) %}{{ l }}{{ l == [l] }}{{ l < l }}{{ l|json }}",
    "{% set d = {} %}{% do d.update(a=d) %}{{ d }}{{ d|yaml }}",
    "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}", "{% macro m() %}{% endmacro %}{{ m(*range(100000)) }}",
    "{{ -9223372036854775808 // -1 }}{{ -9223372036854775808 % -1 }}", "{{ 9223372036854775807 + 1 }}",
    "{{ [1, 2, 3][9223372036854775807:-9223372036854775807:9223372036854775807] }}",
    "{{ [1, 2][::-9223372036854775807] }}{{ 'ab'[-9223372036854775807] }}{{ [1][9223372036854775807] }}",
    "{{ range(-9223372036854775807, 9223372036854775807, 9223372036854775807)|list }}",
    "{{ ('a' * 100000)|replace('', 'b' * 100000) }}",
    "{{ 'a'.replace('', 'b' * 10000000).replace('', 'c' * 10000000) }}",
  ]

  @Test(arguments: hostile.indices)
  func hostileTemplateEnds(_ index: Int) {
    let template = Self.hostile[index]
    let problem = RenderThread.run { () -> String? in
      let environment = TemplateEnvironment(
        limits: TemplateLimits(steps: 3_000_000, bytes: 64 << 20), filters: Filter.standard,
        tests: TemplateTest.standard,
        loader: { name, _ in name == "self" ? LoadedTemplate(source: template, file: "self") : nil })
      do {
        _ = try environment.render(template, context: ["a": .string("a"), "y": .list(TemplateList([.int(1)]))])
      } catch {
        return error is TemplateError ? nil : "\(error)"
      }
      return nil
    }
    #expect(problem == .some(nil))
  }
}
