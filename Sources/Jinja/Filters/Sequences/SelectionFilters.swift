/// Filters that keep some elements.
enum SelectionFilters {
  static var all: [Filter] {
    [
      selection("select", "sync_do_select", keeps: true, byAttribute: false),
      selection("reject", "sync_do_reject", keeps: false, byAttribute: false),
      selection("selectattr", "sync_do_selectattr", keeps: true, byAttribute: true),
      selection("rejectattr", "sync_do_rejectattr", keeps: false, byAttribute: true),
    ]
  }

  private static func selection(_ name: String, _ function: String, keeps: Bool, byAttribute: Bool) -> Filter {
    Filter(name) { value, arguments, evaluation in
      // Jinja makes a generator whose name is that of the function inside it.
      .object(
        FilterGenerator("select_or_reject", evaluation) { evaluation in
          guard try evaluation.isTrue(value) else { return [] }
          var rest = arguments.positional[...]
          var path: AttributePath?
          if byAttribute {
            guard let attribute = rest.popFirst() else {
              throw TemplateFailure(.operation, "Missing parameter for attribute name")
            }
            path = AttributePath(attribute)
          }
          let test = try rest.popFirst().map { try evaluation.text($0) }
          let further = TemplateArguments(Array(rest), named: arguments.named)
          return try evaluation.elements(of: value).filter { element in
            let subject = try path?.value(of: element, evaluation) ?? element
            let holds = try test.map { try evaluation.apply(test: $0, to: subject, further) }
            return try (holds ?? evaluation.isTrue(subject)) == keeps
          }
        })
    }
  }
}
