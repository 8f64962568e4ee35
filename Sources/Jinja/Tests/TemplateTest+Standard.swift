extension TemplateTest {
  /// All tests of Jinja 3.1 and of Salt 3008.
  public static var standard: [TemplateTest] {
    TypeTests.all + NumberTests.all + CompareTests.all + TextTests.all
  }
}
