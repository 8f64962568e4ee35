import Testing

@testable import Jinja

/// Filters stay within the limits of a render, and never trap.
@Suite struct FilterLimitTests {
  @Test(arguments: [
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|json }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|python }}",
    "{% set ns = namespace(x=(1,)) %}{% for i in range(60) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ ns.x|yaml }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|flatten }}",
    "{{ range(40)|combinations(38)|list|length }}", "{{ range(30)|permutations(12)|list }}",
    "{{ range(100)|product(repeat=50)|list }}", "{{ '10.0.0.0/8'|network_hosts }}", "{{ '::/0'|network_hosts }}",
    "{{ 'a'|center(99999999999) }}", "{{ 'a'|indent(99999999999, true) }}", "{{ [1]|batch(9999999999, 0)|list }}",
    "{{ [1]|slice(9999999999)|list }}", "{{ 9999999999999|random_str }}", "{{ 'a'|regex_replace('(a', '') }}",
    "{{ ('a'*64 ~ 'cb')|regex_search('(a+)+b') }}", "{% set x = [] %}{% do x.append(x) %}{{ x|json }}",
    "{% set x = [] %}{% do x.append(x) %}{{ x|flatten }}",
    "{% set x = {} %}{% do x.update({'x': x}) %}{{ x|xml }}",
    "{% set x = {} %}{% do x.update({'x': x}) %}{{ x|python }}",
  ]) func ends(_ template: String) {
    let environment = TemplateEnvironment(
      limits: TemplateLimits(steps: 300_000, bytes: 64 << 20), filters: Filter.standard, tests: TemplateTest.standard)
    #expect(throws: TemplateError.self) { _ = try environment.render(template) }
  }

  @Test(arguments: [
    "{% set x = [] %}{% do x.append(x) %}{{ x|yaml }}", "{{ 1|round(-9223372036854775807) }}",
    "{{ 'a'|truncate(9223372036854775807, leeway=9223372036854775807) }}",
    "{{ (-9223372036854775807)|round(-18) }}", "{{ 'a'|int(base=-1) }}", "{{ ''|wordwrap(1) }}",
    "{{ 'aaa bbb'|wordwrap(1) }}", "{{ '+999999 years'|strftime }}", "{{ 1e300|strftime }}", "{{ 'nan'|float|int }}",
    "{{ 1e18|int }}", "{{ 1e300|filesizeformat }}", "{{ '&#xFFFFFFFF;'|striptags }}", "{{ '1:2'|is_ip }}",
    "{{ ':::'|is_ip }}", "{{ '['|check_whitelist_blacklist('[') }}", "{{ 'aa'|mac_str_to_bytes }}",
  ]) func doesNotTrap(_ template: String) {
    let environment = TemplateEnvironment(filters: Filter.standard, tests: TemplateTest.standard)
    let result = Result { try environment.render(template) }
    if case .failure(let error) = result { #expect(error is TemplateError) }
  }

  @Test func filtersThatReachTheNetworkAreRefused() {
    let environment = TemplateEnvironment(filters: Filter.standard, tests: TemplateTest.standard)
    for template in ["{{ 'http://localhost'|http_query }}", "{{ 'localhost'|dns_check(80) }}"] {
      let error = #expect(throws: TemplateError.self) { _ = try environment.render(template) }
      #expect(error?.message.contains("may not reach the network") == true)
      #expect(error?.hint != nil)
    }
  }
}
