/// Questions about numbers.
enum NumberTests {
  static var all: [TemplateTest] {
    [
      TemplateTest("odd", "test_odd") { value, _, evaluation in
        try isRemainder(1, of: value, .int(2), evaluation)
      },
      TemplateTest("even", "test_even") { value, _, evaluation in
        try isRemainder(0, of: value, .int(2), evaluation)
      },
      TemplateTest("divisibleby", "test_divisibleby", .required("num")) { value, given, evaluation in
        try isRemainder(0, of: value, given[0], evaluation)
      },
    ]
  }

  private static func isRemainder(
    _ remainder: Int64, of value: TemplateValue, _ divisor: TemplateValue, _ evaluation: Evaluation
  ) throws -> Bool {
    evaluation.equals(try evaluation.binary(.remainder, value, divisor), .int(remainder))
  }
}
