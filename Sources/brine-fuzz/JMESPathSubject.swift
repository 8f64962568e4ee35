import Jinja

/// Each query ends, with a value or with an error, within its limits.
struct JMESPathSubject: FuzzSubject {
  let seeds = [
    "a.b[0].c", "people[?age > `20`].{name: name, n: length(tags)}", "*.b | [0]", "[*].[a, b][]", "a || b && !c",
    "sort_by(people, &age)[-1].name", "max_by(people, &age)", "people[::2]", "people[-1:0:-1].tags[]",
    "join(',', people[*].name)", "keys(@) | sort(@)", "to_string(`{\"a\": [1, null]}`)",
    "map(&to_number(@), ['1', 'x'])",
    "contains('abc', 'b') == `true`", "not_null(x, y, 'z')", "reverse(@.people)", "\"quo\\u0074ed\".a", "`\"raw\"`",
    "'it\\'s'", "group.(a)", "type(@)", "avg(people[*].age)", "merge(@, {a: `1`})", "people[?starts_with(name, 'a')]",
    "let $x = a in $x",
  ]
  let tokens = [
    ".", "[", "]", "[?", "[]", "[*]", "*", "|", "||", "&&", "!", "&", "@", "`1`", "`[", "`", "'", "\"", "\\", "{", "}",
    "(", ")", ":", ",", "==", "!=", "<=", ">", "0", "-1", "9223372036854775808", "-9223372036854775808", "people",
    "name", "age", "a", "b", "length(", "sort_by(", "map(", "to_number(", "floor(", "sum(", "\u{0}", "é", "😀", " ",
    "[::0]", "[1:2:3]", "((((", "[[[[", "!!!!", "&&&", "max(", "ends_with(", "values(", "items(", "zip(", "$x",
    "root()",
  ]

  func input(fromCase text: CorpusText) -> [UInt8]? { nil }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    let environment = TemplateEnvironment(
      limits: TemplateLimits(steps: 200_000, bytes: 8 << 20), filters: Filter.standard, tests: TemplateTest.standard)
    let query = TemplateValue.string(String(decoding: input.prefix(8 << 10), as: UTF8.self))
    do {
      _ = try environment.render("{{ d|json_query(q) }}", context: ["q": query, "d": data])
      return .accepted
    } catch let error as TemplateError {
      return error.line < 1 ? .wrong("no place: \(error)") : .refused(error.message)
    } catch {
      return .wrong("another error: \(error)")
    }
  }

  private var data: TemplateValue {
    func person(_ name: String, _ age: Int64) -> TemplateValue {
      .dict(
        TemplateDict([
          .string("name"): .string(name), .string("age"): .int(age),
          .string("tags"): .list(TemplateList([.string("t"), .none])),
        ]))
    }
    return .dict(
      TemplateDict([
        .string("a"): .dict(
          TemplateDict([.string("b"): .list(TemplateList([.dict(TemplateDict([.string("c"): .double(1.5)]))]))])),
        .string("people"): .list(TemplateList([person("ann", 30), person("bob", 20), person("", -1), .int(5)])),
        .string("b"): .bool(true),
      ]))
  }
}
