/// Questions about texts.
enum TextTests {
  static var all: [TemplateTest] {
    [
      TemplateTest("lower", "test_lower") { value, _, evaluation in
        CharacterClass.islower.holds(for: try evaluation.text(value))
      },
      TemplateTest("upper", "test_upper") { value, _, evaluation in
        CharacterClass.isupper.holds(for: try evaluation.text(value))
      },
      TemplateTest(
        "match", "test_match", .required("rgx"), .optional("ignorecase", .bool(false)),
        .optional("multiline", .bool(false))
      ) { value, given, evaluation in try ExpressionFilters.matches(value, given, evaluation) },
    ]
  }
}
