extension FilterCase {
  static let serialization: [FilterCase] = [
    FilterCase("{{ {'b':1,'a':[1,'<&>\\'']}|tojson }}", "{\"b\": 1, \"a\": [1, \"\\u003c\\u0026\\u003e\\u0027\"]}"),
    FilterCase("{{ {'a':1}|tojson(2) }}", "{\n  \"a\": 1\n}"),
    FilterCase("{{ [1,2]|tojson(indent=1) }}", "[\n 1,\n 2\n]"),
    FilterCase("{{ 'é'|tojson }}", "\"\\u00e9\""),
    FilterCase("{{ none|tojson }}", "null"),
    FilterCase("{{ 1.0|tojson }}", "1.0"),
    FilterCase("{{ {'b':1,'a':2}|tojson(sort_keys=true) }}", "{\"a\": 2, \"b\": 1}"),
    FilterCase("{{ 'é'|tojson(ensure_ascii=false) }}", "\"é\""),
    FilterCase("{{ (1,2)|tojson }}", "[1, 2]"),
    FilterCase("{{ {1:2,none:3,true:4,1.5:0}|tojson }}", "{\"1\": 4, \"null\": 3, \"1.5\": 0}"),
    FilterCase("{{ []|tojson(2) }}", "[]"),
    FilterCase("{{ [1,{'a':[]}]|tojson(separators=(',',':')) }}", "[1,{\"a\":[]}]"),
    FilterCase("{{ nope|tojson }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ [1,nope]|tojson }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ range(3)|tojson }}", failing: "Object of type range is not JSON serializable", isUndefined: false),
    FilterCase("{{ {'a':1}|pprint }}", "{'a': 1}"),
    FilterCase("{{ 'a'|pprint }}", "'a'"),
    FilterCase("{{ nope|pprint }}", "Undefined"),
    FilterCase(
      [
        "{{ {'b':1,'a':[1,{'c':'yes','d':none,'e':1.5,'f':true,'g':'2020-01-01','h':'0644','i':'a: b','j'",
        ":'x\\ny','k':'','l':'é','m':\"it's\",'n':'1e3','o':'null','p':'=','q':'<<','r':'- a','s':'12:30','t",
        "':' lead','u':'#c','v':'a #c'}]}|yaml }}",
      ],
      [
        "{a: [1, {c: 'yes', d: null, e: 1.5, f: true, g: '2020-01-01', h: '0644', i: 'a: b',\n      j: 'x\n",
        "\n        y', k: '', l: é, m: it's, n: 1e3, o: 'null', p: '=', q: '<<', r: '- a', s: '12:30',\n   ",
        "   t: ' lead', u: '#c', v: 'a #c'}], b: 1}",
      ]),
    FilterCase(
      "{{ {'b':1,'a':[1,{'c':'yes'}],'t':'x\\ny','e':[],'m':{}}|yaml(false) }}",
      "a:\n- 1\n- c: 'yes'\nb: 1\ne: []\nm: {}\nt: 'x\n\n  y'"),
    FilterCase("{{ 'a'|yaml }}", "a"),
    FilterCase("{{ 1|yaml }}", "1"),
    FilterCase("{{ none|yaml }}", "null"),
    FilterCase("{{ true|yaml }}", "true"),
    FilterCase("{{ []|yaml }}", "[]"),
    FilterCase("{{ {}|yaml }}", "{}"),
    FilterCase("{{ 'yes'|yaml }}", "'yes'"),
    FilterCase("{{ 1.0|yaml }}", "1.0"),
    FilterCase("{{ 'a\\nb'|yaml }}", "'a\n\n  b'"),
    FilterCase("{{ (1,2)|yaml }}", "[1, 2]"),
    FilterCase("{{ ''|yaml }}", "''"),
    FilterCase("{{ 'a: b'|yaml }}", "'a: b'"),
    FilterCase("{{ '5'|yaml }}", "'5'"),
    FilterCase(
      "{% set a=[1] %}{{ {'x':a,'y':a}|yaml }} {{ [a,a]|yaml(false) }} {% set e=[] %}{{ [e,e]|yaml }}",
      "{x: &id001 [1], y: *id001} - &id001\n  - 1\n- *id001 [&id001 [], *id001]"),
    FilterCase(
      "{{ range(30)|list|yaml }}",
      [
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,\n  23, 24, 25,",
        " 26, 27, 28, 29]",
      ]),
    FilterCase(
      "{{ {'k':'word '*30}|yaml(false) }}",
      [
        "k: 'word word word word word word word word word word word word word word word word\n  word word ",
        "word word word word word word word word word word word word '",
      ]),
    FilterCase(
      "{{ {'a':['x'*50,'y'*50]}|yaml }}",
      [
        "{a: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "yyyyyyyyyyy]}",
      ]),
    FilterCase("{{ [1,nope]|yaml }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ nope|yaml }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ {1:2,none:3,true:1}|yaml }}", "{1: 1, null: 3}"),
    FilterCase("{{ {'a':1}|yaml(flow_style=false) }}", "a: 1"),
    FilterCase("{{ [[1,2],[3]]|yaml(false) }}", "- - 1\n  - 2\n- - 3"),
    FilterCase("{{ [{'a':1,'b':2}]|yaml(false) }}", "- a: 1\n  b: 2"),
    FilterCase("{{ {'b':1,'a':[1,'é<']}|json }}", "{\"a\": [1, \"é<\"], \"b\": 1}"),
    FilterCase("{{ {'b':1,'a':2}|json(false) }}", "{\"b\": 1, \"a\": 2}"),
    FilterCase("{{ {'a':1}|json(indent=2) }}", "{\n  \"a\": 1\n}"),
    FilterCase("{{ [1,[]]|json(true,2) }}", "[\n  1,\n  []\n]"),
    FilterCase("{{ 1.5|json }}", "1.5"),
    FilterCase("{{ 'x'|json }}", "\"x\""),
    FilterCase("{{ {1:2}|json }}", "{\"1\": 2}"),
    FilterCase("{{ (1,)|json }}", "[1]"),
    FilterCase(
      "{{ {1:2,'a':3}|json }}", failing: "'<' not supported between instances of 'str' and 'int'", isUndefined: false),
    FilterCase(
      "{{ {(1,2):3}|json }}", failing: "keys must be str, int, float, bool or None, not tuple", isUndefined: false),
    FilterCase("{{ {'a':[1,'x'],'b':{'c':'d'}}|python }}", "{'a': [1, 'x'], 'b': {'c': 'd'}}"),
    FilterCase("{{ 'x'|python }}", "'x'"),
    FilterCase("{{ (1,)|python }}", "(1,)"),
    FilterCase(
      "{{ {'b':['word']*20,'a':'x y '*30}|python }}",
      [
        "{'a': 'x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y '\n      'x y x y ",
        "x y x y x y x y x y x y x y x y x y x y ',\n 'b': ['word',\n       'word',\n       'word',\n       '",
        "word',\n       'word',\n       'word',\n       'word',\n       'word',\n       'word',\n       'word',",
        "\n       'word',\n       'word',\n       'word',\n       'word',\n       'word',\n       'word',\n     ",
        "  'word',\n       'word',\n       'word',\n       'word']}",
      ]),
    FilterCase(
      "{{ {'root':{'a':1,'b':[1,2],'c':{'d':'<'}}}|xml }}",
      "<?xml version=\"1.0\" ?>\n<root a=\"1\">\n <b>1</b>\n <b>2</b>\n <c d=\"&lt;\"/>\n</root>\n"),
    FilterCase("{{ [['a','b']]|xml }}", failing: "", isUndefined: false),
    FilterCase("{{ {'a':'x'}|xml }}", "<?xml version=\"1.0\" ?>\n<a>x</a>\n"),
    FilterCase("{{ {'r':[{'a':1},{'a':2}]}|xml }}", failing: "", isUndefined: false),
    FilterCase("{{ {'r':{'b':[1]}}|xml }}", "<?xml version=\"1.0\" ?>\n<r>\n <b>1</b>\n</r>\n"),
    FilterCase("{{ 5|xml }}", failing: "Value is not a dict or list. Cannot render as XML", isUndefined: false),
    FilterCase("{{ {'r':{}}|xml }}", "<?xml version=\"1.0\" ?>\n<r/>\n"),
    FilterCase(
      "{{ {'p':{'x':true,'l':[{'m':1,'n':{'o':'q'}},'t']}}|xml }}",
      "<?xml version=\"1.0\" ?>\n<p x=\"True\">\n <l m=\"1\">\n  <n o=\"q\"/>\n </l>\n <l>t</l>\n</p>\n"),
    FilterCase("{{ '{a: 1, b: [x, 2]}'|load_yaml }}", "{'a': 1, 'b': ['x', 2]}"),
    FilterCase("{{ '5'|load_yaml + 1 }}", "6"),
    FilterCase("{{ ''|load_yaml }}", "None"),
    FilterCase("{{ '0644'|load_yaml }}", "644"),
    FilterCase("{{ 'a: [1'|load_yaml }}", failing: "", isUndefined: false),
    FilterCase("{{ {'a':1}|load_yaml }}", failing: "a string or stream input is required", isUndefined: false),
    FilterCase("{{ 5|load_yaml }}", failing: "a string or stream input is required", isUndefined: false),
    FilterCase("{{ nope|load_yaml }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ '{\"a\": [1, null, true]}'|load_json }}", "{'a': [1, None, True]}"),
    FilterCase("{{ '{a'|load_json }}", failing: "Unable to load json from {a", isUndefined: false),
    FilterCase("{{ 5|load_json }}", failing: "Unable to load json from 5", isUndefined: false),
    FilterCase("{{ 'x'|load_text }}", "x"),
    FilterCase("{{ 5|load_text }}", "5"),
    FilterCase("{{ [1]|load_text }}", "[1]"),
    FilterCase("{{ {'a':1,'b':'x'}|dict_to_sls_yaml_params }}", "- a: 1\n- b: x"),
    FilterCase("{{ {'a':1,'b':[1]}|dict_to_sls_yaml_params(flow_style=true) }}", "[{a: 1}, {b: [1]}]"),
    FilterCase(
      "{{ [1]|dict_to_sls_yaml_params }}", failing: "'list' object has no attribute 'items'", isUndefined: false),
    FilterCase("{{ [1,2]|pprint }}", "[1, 2]"),
    FilterCase(
      "{{ range(40)|list|pprint }}",
      [
        "[0,\n 1,\n 2,\n 3,\n 4,\n 5,\n 6,\n 7,\n 8,\n 9,\n 10,\n 11,\n 12,\n 13,\n 14,\n 15,\n 16,\n 17,\n 18,\n 19",
        ",\n 20,\n 21,\n 22,\n 23,\n 24,\n 25,\n 26,\n 27,\n 28,\n 29,\n 30,\n 31,\n 32,\n 33,\n 34,\n 35,\n 36,\n ",
        "37,\n 38,\n 39]",
      ]),
    FilterCase(
      "{{ {'b':{'y':1,'x':['a'*40,'b'*40]},'a':(1,)}|pprint }}",
      [
        "{'a': (1,),\n 'b': {'x': ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n             'bbbbbbbbbbbbb",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbb'],\n       'y': 1}}",
      ]),
    FilterCase("{{ 'word '*30|pprint }}", failing: "", isUndefined: false),
    FilterCase(
      "{{ ('word '*30)|pprint }}",
      [
        "('word word word word word word word word word word word word word word word '\n 'word word word ",
        "word word word word word word word word word word word word ')",
      ]),
    FilterCase("{{ 'a\\n'*2|pprint }}", failing: "", isUndefined: false),
    FilterCase("{{ nope|json }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ nope|python }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ nope|xml }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ nope|load_text }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase("{{ nope|dict_to_sls_yaml_params }}", failing: "'nope' is undefined", isUndefined: true),
    FilterCase(
      "{{ {'k':'a'*100}|yaml }}",
      ["{k: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaa}"]),
    FilterCase(
      "{{ {'k':['a b '*30]}|yaml(false) }}",
      [
        "k:\n- 'a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b\n  a b a b ",
        "a b a b a b a b a b a b a b a b '",
      ]),
    FilterCase(
      [
        "{{ ['x: y','- z','a#b','a: ','@a','`b','%c','!d','&e','*f','|g','>h','?','? a','-','--','---','.",
        "..','a,b','[x','{y','a]','true ','x\\ty','a\\\\b','a\"b']|yaml }}",
      ],
      [
        "['x: y', '- z', a#b, 'a: ', '@a', '`b', '%c', '!d', '&e', '*f', '|g', '>h', '?', '?\n    a', '-',",
        " --, '---', '...', 'a,b', '[x', '{y', 'a]', 'true ', \"x\\ty\", a\\b, a\"b]",
      ]),
    FilterCase(
      [
        "{{ ['1.5','1e5','1.0e+5','.5','0x1F','0b1','1_000','+1','-1','1:30','190:20:30','08','2001-12-14",
        " 21:59:43','2001-1-1','~','Null','NULL','nULL','Yes','oN','y','n','.inf','.NaN','-.INF','<','=',",
        "'!','*','&']|yaml }}",
      ],
      [
        "['1.5', 1e5, '1.0e+5', '.5', '0x1F', '0b1', '1_000', '+1', '-1', '1:30', '190:20:30',\n  08, '200",
        "1-12-14 21:59:43', 2001-1-1, '~', 'Null', 'NULL', nULL, 'Yes', oN, y, n,\n  '.inf', '.NaN', '-.IN",
        "F', <, '=', '!', '*', '&']",
      ]),
    FilterCase(
      "{{ {'a':{'b':{'c':[1,[2,[3]]]}},'z':[]}|yaml(false) }}",
      "a:\n  b:\n    c:\n    - 1\n    - - 2\n      - - 3\nz: []"),
    FilterCase("{{ [[],{},[[]]]|yaml(false) }}", "- []\n- {}\n- - []"),
    FilterCase(
      "{{ {'multi':'line1\\nline2\\n\\nline4\\n'}|yaml(false) }}", "multi: 'line1\n\n  line2\n\n\n  line4\n\n  '"),
    FilterCase("{{ {'t':'trailing '}|yaml }}", "{t: 'trailing '}"),
    FilterCase("{{ 'a\\tb'|yaml }}", "\"a\\tb\""),
    FilterCase("{{ 'é ü 中文'|yaml }}", "é ü 中文"),
    FilterCase("{{ '\\u2028'|yaml }}", "'   '"),
    FilterCase("{{ 'x\\x00y'|yaml }}", "\"x\\0y\""),
    FilterCase("{{ '\\x7f'|yaml }}", "\"\\x7F\""),
    FilterCase("{{ {'a':1.0,'b':1e20,'c':-0.0,'d':1e-7}|yaml }}", "{a: 1.0, b: 1.0e+20, c: -0.0, d: 1.0e-07}"),
    FilterCase("{{ 12345678901234|yaml }}", "12345678901234"),
    FilterCase("{{ {'x':{'y':none}}|yaml(flow_style=True) }}", "{x: {y: null}}"),
    FilterCase(
      [
        "{{ {'very_long_key_number_one':'value one','very_long_key_number_two':'value two','very_long_key",
        "_three':'v3'}|yaml }}",
      ], ["{very_long_key_number_one: value one, very_long_key_number_two: value two, very_long_key_three: ", "v3}"]),
  ]
}
