extension FilterCase {
  static let serialization2: [FilterCase] = [
    FilterCase(
      "{{ {'a'*130:1}|yaml(false) }}",
      [
        "? aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n: 1",
      ]),
    FilterCase("{{ {'b b':1,'c: d':2,'#e':3,'':4}|yaml(false) }}", "'': 4\n'#e': 3\nb b: 1\n'c: d': 2"),
    FilterCase("{{ 1|json }}", "1"),
    FilterCase("{{ none|json }}", "null"),
    FilterCase("{{ 'a\"b\\\\\\n\\t\\x01é'|json }}", "\"a\\\"b\\\\\\n\\t\\u0001é\""),
    FilterCase("{{ {'b':{'d':1,'c':2}}|json }}", "{\"b\": {\"c\": 2, \"d\": 1}}"),
    FilterCase("{{ {}|json(indent=2) }}", "{}"),
    FilterCase("{{ {'a':[]}|json(indent=1) }}", "{\n \"a\": []\n}"),
    FilterCase("{{ {true:1,none:2}|json(sort_keys=false) }}", "{\"true\": 1, \"null\": 2}"),
    FilterCase("{{ [1.0,1e16,1e22,0.1]|json }}", "[1.0, 1e+16, 1e+22, 0.1]"),
    FilterCase("{{ '\\x7f€😀'|json }}", "\"\u{7f}€😀\""),
    FilterCase("{{ '\\x7f€😀'|tojson }}", "\"\\u007f\\u20ac\\ud83d\\ude00\""),
    FilterCase("{{ [1,2]|xml }}", failing: "", isUndefined: false),
    FilterCase("{{ {'r':{'a':none,'b':'x'}}|xml }}", "<?xml version=\"1.0\" ?>\n<r a=\"None\" b=\"x\"/>\n"),
    FilterCase("{{ {'r':'a & b'}|xml }}", "<?xml version=\"1.0\" ?>\n<r>a &amp; b</r>\n"),
    FilterCase("{{ {'r':1.5}|xml }}", "<?xml version=\"1.0\" ?>\n<r>1.5</r>\n"),
    FilterCase("{{ {'r':{'q':'say \"hi\"'}}|xml }}", "<?xml version=\"1.0\" ?>\n<r q=\"say &quot;hi&quot;\"/>\n"),
    FilterCase(
      "{{ {'a':none}|xml }}", failing: "Value is not a dict or list. Cannot render as XML", isUndefined: false),
    FilterCase("{{ ['b','a']|python }}", "['b', 'a']"),
    FilterCase(
      "{{ ['x'*90]|python }}",
      "['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']"),
    FilterCase(
      "{{ {'k':'a b '*40}|python }}",
      [
        "{'k': 'a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b '\n      'a b a b ",
        "a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b '\n      'a b a b a b a b '}",
      ]),
    FilterCase(
      "{{ ('a'*50,'b'*50)|python }}",
      [
        "('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "bbbbbbbbbbb')",
      ]),
    FilterCase("{{ 'a\\nb'|python }}", "'a\\nb'"),
    FilterCase("{{ [{'z':1,'y':2},(1,)]|python }}", "[{'y': 2, 'z': 1}, (1,)]"),
    FilterCase("{{ {2:'b',1:'a'}|python }}", "{1: 'a', 2: 'b'}"),
    FilterCase("{{ {}|python }}", "{}"),
    FilterCase(
      "{{ [['a'*30,'b'*30,'c'*30]]|python }}",
      [
        "[['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',\n  'ccccccccccccccccccccc",
        "ccccccccc']]",
      ]),
    FilterCase("{{ 'a: b\\nc: [1, 2]'|load_yaml }}", "{'a': 'b', 'c': [1, 2]}"),
    FilterCase("{{ '- x\\n- {y: z}'|load_yaml }}", "['x', {'y': 'z'}]"),
    FilterCase("{{ '\"q\"'|load_yaml }}", "q"),
    FilterCase("{{ 'yes'|load_yaml }}", "True"),
    FilterCase("{{ '2020-01-01'|load_yaml }}", "2020-01-01"),
    FilterCase("{{ '1e3'|load_yaml }}", "1e3"),
    FilterCase("{{ '12:30'|load_yaml }}", "750"),
    FilterCase("{{ 'a: 1\\na: 2'|load_yaml }}", failing: "", isUndefined: false),
    FilterCase("{{ '[1, 2.5, \"x\", {\"a\": false}]'|load_json }}", "[1, 2.5, 'x', {'a': False}]"),
    FilterCase("{{ '\"s\"'|load_json }}", "s"),
    FilterCase("{{ '5'|load_json }}", "5"),
    FilterCase("{{ ''|load_json }}", failing: "Unable to load json from ", isUndefined: false),
    FilterCase("{{ {'a':1}|tojson(indent=2) }}", "{\n  \"a\": 1\n}"),
    FilterCase("{{ [1,2]|tojson(2) }}", "[\n  1,\n  2\n]"),
    FilterCase("{{ '</script>'|tojson }}", "\"\\u003c/script\\u003e\""),
    FilterCase("{{ \"it's\"|tojson }}", "\"it\\u0027s\""),
    FilterCase(
      "{{ {'r':{'l':['xy','zw'],'d':{'k':'v & w'}}}|xml }}",
      "<?xml version=\"1.0\" ?>\n<r>\n <l>xy</l>\n <l>zw</l>\n <d k=\"v &amp; w\"/>\n</r>\n"),
    FilterCase("{{ {'a':1,'b':2}|xml }}", "<?xml version=\"1.0\" ?>\n<b>2</b>\n"),
    FilterCase("{{ {'a':{'x':1},'b':{'y':2}}|xml }}", "<?xml version=\"1.0\" ?>\n<b y=\"2\"/>\n"),
    FilterCase(
      "{{ {'r':{'l':[{'a':[10,20]},{'a':{'q':1}}]}}|xml }}",
      "<?xml version=\"1.0\" ?>\n<r>\n <l>\n  <a>10</a>\n  <a>20</a>\n </l>\n <l>\n  <a q=\"1\"/>\n </l>\n</r>\n"),
    FilterCase("{{ {'r':''}|xml }}", "<?xml version=\"1.0\" ?>\n<r/>\n"),
    FilterCase("{{ {'a':{'b':[1]}}|yaml(false) }}", "a:\n  b:\n  - 1"),
    FilterCase(
      "{{ {'x':'word '*40,'y':['long string with spaces here and there']*4}|yaml }}",
      [
        "{x: 'word word word word word word word word word word word word word word word word\n    word wo",
        "rd word word word word word word word word word word word word word word\n    word word word word",
        " word word word word ', y: [long string with spaces here and\n      there, long string with space",
        "s here and there, long string with spaces here\n      and there, long string with spaces here and", " there]}",
      ]),
    FilterCase(
      "{{ {'x':('a b c d e f g '*20)}|yaml(false) }}",
      [
        "x: 'a b c d e f g a b c d e f g a b c d e f g a b c d e f g a b c d e f g a b c d\n  e f g a b c ",
        "d e f g a b c d e f g a b c d e f g a b c d e f g a b c d e f g a b\n  c d e f g a b c d e f g a ",
        "b c d e f g a b c d e f g a b c d e f g a b c d e f g\n  a b c d e f g a b c d e f g a b c d e f ", "g '",
      ]),
    FilterCase(
      "{{ [('p: q '*30)]|yaml(false) }}",
      [
        "- 'p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q\n  p: q p: q p",
        ": q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q p: q '",
      ]),
    FilterCase("{{ {(1,2):3}|yaml }}", "{? [1, 2] : 3}"),
  ]
}
