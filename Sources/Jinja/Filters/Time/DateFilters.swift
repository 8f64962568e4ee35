import Glibc
import Value

/// Points in time as text.
enum DateFilters {
  static var all: [Filter] {
    [
      Filter("strftime", "strftime", .optional("format", .string("%Y-%m-%d")), body: formatted),
      Filter("date_format", "strftime", .optional("format", .string("%Y-%m-%d")), body: formatted),
    ]
  }

  private static func formatted(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let format = try evaluation.string(evaluation.defined(given[0]))
    guard format.utf8.count <= 4096, !format.utf8.contains(0) else {
      throw TemplateFailure(.operation, "a format of time is at most 4096 bytes")
    }
    guard !format.isEmpty else { return .string("") }
    guard let date = try date(value, evaluation) else {
      throw TemplateFailure(
        .operation, "Unable to parse \(try evaluation.text(value))",
        hint: "give seconds since 1970, or a date such as 2026-11-25 or 2026-11-25 12:30:00")
    }
    var fields = date.fields
    // `%f` is Python's alone. A space in front makes an empty result one that can be told from a failure.
    let prepared =
      " "
      + format.split(separator: "%%", omittingEmptySubsequences: false).map { part in
        part.replacing("%z", with: "").replacing("%Z", with: "").replacing("%f", with: date.microsecondDigits)
      }.joined(separator: "%%")
    var buffer = [CChar](repeating: 0, count: 64 << 10)
    let count = strftime(&buffer, buffer.count, prepared, &fields)
    guard count > 0 else { throw TemplateFailure(.limit, "the formatted time is too long") }
    return .string(String(decoding: buffer[1..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func date(_ value: TemplateValue, _ evaluation: Evaluation) throws -> DateText? {
    switch try evaluation.defined(value) {
    case .none: return DateText.now
    case .int(let seconds): return DateText(seconds: Double(seconds))
    case .bool(let flag): return DateText(seconds: flag ? 1 : 0)
    case .double(let seconds): return DateText(seconds: seconds)
    case .string(let text), .markup(let text): return DateText(text)
    default: return nil
    }
  }
}
