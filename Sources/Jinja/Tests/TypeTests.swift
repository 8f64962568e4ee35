/// What kind of value something is.
enum TypeTests {
  static var all: [TemplateTest] {
    [
      TemplateTest("defined", "test_defined") { value, _, _ in !value.isUndefined },
      TemplateTest("undefined", "test_undefined") { value, _, _ in value.isUndefined },
      TemplateTest("none", "test_none") { value, _, _ in value.isNone },
      TemplateTest("boolean", "test_boolean") { value, _, _ in if case .bool = value { true } else { false } },
      TemplateTest("true", "test_true") { value, _, _ in if case .bool(true) = value { true } else { false } },
      TemplateTest("false", "test_false") { value, _, _ in if case .bool(false) = value { true } else { false } },
      TemplateTest("integer", "test_integer") { value, _, _ in if case .int = value { true } else { false } },
      TemplateTest("float", "test_float") { value, _, _ in if case .double = value { true } else { false } },
      TemplateTest("number", "test_number") { value, _, _ in
        switch value {
        case .int, .double, .bool: true
        default: false
        }
      },
      TemplateTest("string", "test_string") { value, _, _ in value.stringValue != nil },
      TemplateTest("mapping", "test_mapping") { value, _, _ in if case .dict = value { true } else { false } },
      TemplateTest("list", "is_list") { value, _, _ in if case .list = value { true } else { false } },
      TemplateTest("sequence", "test_sequence") { value, _, _ in
        switch value {
        case .string, .markup, .bytes, .list, .tuple, .dict: true
        case .object(let object): object is any SizedObject && !(object is TemplateSet || object is ViewObject)
        default: false
        }
      },
      TemplateTest("iterable", "test_iterable") { value, _, _ in try isIterable(value) },
      TemplateTest("callable", "callable") { value, _, _ in
        switch value {
        // Python finds a method for calling in what is undefined.
        case .undefined: true
        case .object(let object):
          !(object is any SizedObject || object is FilterGenerator || object is TemplateModule)
        default: false
        }
      },
      TemplateTest("escaped", "test_escaped") { value, _, _ in value.isMarkup },
      TemplateTest("filter", "test_filter") { value, _, evaluation in
        value.stringValue.map { evaluation.environment.filters[$0] != nil } ?? false
      },
      TemplateTest("test", "test_test") { value, _, evaluation in
        value.stringValue.map { evaluation.environment.tests[$0] != nil } ?? false
      },
    ]
  }

  /// - Throws: for undefined values, as Python's `iter` does with Salt's.
  static func isIterable(_ value: TemplateValue) throws -> Bool {
    switch value {
    case .undefined(let undefined):
      guard undefined.isLenient else { throw undefined.failure }
      return true
    case .string, .markup, .bytes, .list, .tuple, .dict: return true
    // A generator may be gone through once only: it is not asked for its elements.
    case .object(let object):
      return try object is FilterGenerator || object is any SizedObject || object.elements() != nil
    case .none, .bool, .int, .double: return false
    }
  }
}
