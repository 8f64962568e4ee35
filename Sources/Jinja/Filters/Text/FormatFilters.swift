import Glibc

/// Texts made of others.
enum FormatFilters {
  static var all: [Filter] {
    [
      Filter("format") { value, arguments, evaluation in
        guard arguments.positional.isEmpty || arguments.named.isEmpty else {
          throw TemplateFailure(.operation, "can't handle positional and keyword arguments at the same time")
        }
        let format = try evaluation.softText(value)
        guard !arguments.named.isEmpty else {
          return try evaluation.binary(.remainder, format, .tuple(arguments.positional))
        }
        let names = TemplateDict()
        for (name, value) in arguments.named { names[name] = value }
        return try evaluation.binary(.remainder, format, .dict(names))
      },
      Filter(
        "replace", "do_replace", hidden: 1, .required("old"), .required("new"), .optional("count")
      ) { value, given, evaluation in
        let text = TemplateValue.string(try evaluation.text(value))
        let old = TemplateValue.string(try evaluation.text(given[0]))
        let new = TemplateValue.string(try evaluation.text(given[1]))
        return try evaluation.method("replace", of: text, old, new, given[2].isNone ? .int(-1) : given[2])
      },
      Filter("filesizeformat", "do_filesizeformat", .optional("binary", .bool(false))) { value, given, evaluation in
        guard let bytes = try PythonNumber.float(value, evaluation) else {
          throw PythonNumber.notAFloat(value)
        }
        return .string(try size(bytes, isBinary: evaluation.isTrue(given[0])))
      },
      Filter("pprint", "do_pprint") { value, _, evaluation in
        .string(try PrettyText.text(value, evaluation))
      },
    ]
  }

  private static func size(_ bytes: Double, isBinary: Bool) throws -> String {
    let base: Double = isBinary ? 1024 : 1000
    if bytes == 1 { return "1 Byte" }
    guard !bytes.isNaN else { throw TemplateFailure(.operation, "cannot convert float NaN to integer") }
    if bytes < base { return "\(Int64(max(bytes, -9e18))) Bytes" }
    let prefixes =
      isBinary
      ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    var unit = base
    for prefix in prefixes.dropLast() {
      if bytes < unit * base { return "\(PythonNumber.fixed(bytes / unit, digits: 1)) \(prefix)" }
      unit *= base
    }
    return "\(PythonNumber.fixed(bytes / unit, digits: 1)) \(prefixes[prefixes.count - 1])"
  }
}
