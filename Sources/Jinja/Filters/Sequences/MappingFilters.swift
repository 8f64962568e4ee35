/// Filters that apply others to each element.
enum MappingFilters {
  static var all: [Filter] {
    [
      Filter("map") { value, arguments, evaluation in
        .object(
          FilterGenerator("sync_do_map", evaluation) { evaluation in
            guard try evaluation.isTrue(value) else { return [] }
            let transform = try transform(arguments, evaluation)
            return try evaluation.elements(of: value).map(transform)
          })
      }
    ]
  }

  private static func transform(
    _ arguments: TemplateArguments, _ evaluation: Evaluation
  ) throws -> (TemplateValue) throws -> TemplateValue {
    if arguments.positional.isEmpty, let attribute = arguments.named("attribute") {
      if let (name, _) = arguments.named.first(where: { $0.name != "attribute" && $0.name != "default" }) {
        throw TemplateFailure(.operation, "Unexpected keyword argument '\(name)'")
      }
      let path = AttributePath(attribute)
      let defaultValue = arguments.named("default") ?? .none
      return { try path.value(of: $0, or: defaultValue, evaluation) }
    }
    guard let name = arguments.positional.first else {
      throw TemplateFailure(.operation, "map requires a filter argument")
    }
    let filter = try evaluation.text(name)
    let rest = TemplateArguments(Array(arguments.positional.dropFirst()), named: arguments.named)
    return { try evaluation.apply(filter: filter, to: $0, rest) }
  }
}
