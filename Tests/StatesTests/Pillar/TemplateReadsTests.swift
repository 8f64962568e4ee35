import Testing

@testable import States

@Suite struct TemplateReadsTests {
  private static let named: [(String, Set<String>)] = [
    ("plain: text, grains.os and salt", []), ("{{ grains.os }}", ["os"]), ("{{ grains['os'] }}", ["os"]),
    ("{{ grains[\"os\"]|upper }}{% if grains.get('kernel', 'x') == grains . id %}", ["os", "kernel", "id"]),
    ("{# grains, don't #}{{ 'grains' ~ \"it's grains\" }}{{ x.y }}", []),
    ("{{ {'a': {}}|combine(grains.b) }}", ["b"]), ("{{ {'a': {'b': 'c'}} }}{{ grains.os }}", ["os"]),
    ("{% set mygrains = 1 %}{{ mygrains }}{{ loop.index }}", []), ("{{ grains.get( 'a' ) }}", ["a"]),
    ("{{ 'it\\'s }}' ~ grains.a }}", ["a"]), ("{% for x in grains.roles %}{{ x }}{% endfor %}", ["roles"]),
    ("{{ grains.os_family }}{% import_yaml 'map.yaml' as m %}", ["os_family"]),
    ("{{ grains.os ~ '%}' ~ grains.b }}", ["os", "b"]), ("{ { grains } }", []),
  ]

  @Test(arguments: named)
  func grainsThatAreNamed(_ text: String, _ names: Set<String>) {
    #expect(TemplateReads.of(Array(text.utf8)) == .grains(names), "\(text)")
  }

  @Test(arguments: [
    "{{ grains }}", "{{ grains|json }}", "{{ grains[x] }}", "{{ grains['a' ~ x] }}", "{{ grains.items() }}",
    "{{ grains.get(x) }}", "{{ grains.get('a' ~ x) }}", "{{ grains.get }}", "{% set g = grains %}", "{{ salt.x.y() }}",
    "{{ salt['grains.get']('os') }}", "{{ opts.id }}", "{{ pillar.k }}", "{{ show_full_context() }}",
    "{{ none|strftime }}", "{{ [1]|random }}", "{% raw %}{{ 'x }}{% endraw %}{{ grains.a }}", "{{ 'open }}", "{{ open",
    "#jinja2: variable_start_string:'[['\n[[ grains.x ]]", "{{ grains['\\x6f'] }}", "{{ 'a'|random_shuffle }}", "{# x",
    "{% if 'x' in grains %}", "{{ grains . update({'a': 1}) }}",
  ])
  func everythingWhenInDoubt(_ text: String) {
    #expect(TemplateReads.of(Array(text.utf8)) == .everything, "\(text)")
  }
}
