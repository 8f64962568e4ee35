public import Functions
import OrderedCollections
import Value

/// States `http.*`.
public enum HTTPStates {
  public static let all: [StateFunction] = [
    StateFunction(
      "http.query", "Makes an HTTP request and looks at its answer.", details: details, parameters: parameters
    ) { arguments, context in
      try await queried(arguments, context, wait: seconds("wait_for", arguments))
    },
    StateFunction(
      "http.wait_for_successful_query", "Makes an HTTP request until its answer is as it should be.", details: details,
      parameters: parameters
    ) { arguments, context in
      let deadline = ContinuousClock.now + .milliseconds(Int((seconds("wait_for", arguments) ?? 300) * 1000))
      while true {
        let result = try await queried(arguments, context, wait: nil)
        if result.result != false || ContinuousClock.now >= deadline { return result }
        let pause = max(0.1, arguments.map("kwargs")["request_interval"]?.doubleValue ?? 1)
        try await Task.sleep(for: .milliseconds(Int(pause * 1000)))
      }
    },
  ]

  private static let details = "`data` of the result is what `http.query` returns. Nothing is changed. It needs curl."

  private static let parameters: [Parameter] = [
    .required("name", .string, "An http or https address."),
    .optional("match", .any, "A text, or a regular expression, that has to be in the answer."),
    .optional("match_type", .string, default: "string", "string or pcre.", choices: ["string", "pcre"]),
    .optional("status", .any, "The status that the answer has to have."),
    .optional("status_type", .string, default: "string", "string, list or pcre.", choices: ["string", "list", "pcre"]),
    .optional("wait_for", .number, "Seconds to try it again and again."),
    .keywords("kwargs", "Arguments of `http.query`."),
  ]

  private static func seconds(_ name: String, _ arguments: Arguments) -> Double? {
    arguments.double(name).flatMap { (0.001..<1e6).contains($0) ? $0 : nil }
  }

  private static func queried(_ arguments: Arguments, _ context: StateContext, wait: Double?) async throws
    -> StateResult
  {
    guard arguments.isGiven("match") || arguments.isGiven("status") else {
      return StateResult(
        false, " Either match text (match) or a status code (status) is required.", extra: ["data": .map([:])])
    }
    var named: ValueMap = ["url": arguments["name"]]
    for (key, value) in arguments.map("kwargs") where key != "request_interval" { named[key] = value }
    for key: Value in ["text", "status"] { named[key] = true }
    if context.isTest { named["test"] = true }
    let data: ValueMap
    do {
      let function = wait == nil ? HTTPFunctions.query : HTTPFunctions.waitForSuccess
      if let wait { named["wait_for"] = .double(wait) }
      data = try await function.call(named, context.functions).mapValue ?? [:]
    } catch { return StateResult(failed: error) }
    var (result, comment) = (true, [String]())
    if arguments.isGiven("match") {
      let isFound = try matched(arguments, data["text"]?.description ?? "")
      let noun = arguments.string("match_type") == "pcre" ? "pattern" : "text"
      comment.append("Match \(noun) \"\(arguments.string("match"))\" was \(isFound ? "" : "not ")found.")
      result = isFound
    }
    if arguments.isGiven("status") {
      let (isFound, words) = try statusFound(arguments, data["status"]?.description ?? "", isFine: result)
      comment.append(words)
      result = result && isFound
    }
    let text = comment.joined(separator: " ")
    guard !context.isTest else { return StateResult(nil, "\(text) (TEST MODE)", extra: ["data": .map(data)]) }
    return StateResult(result, text, extra: ["data": .map(data)])
  }

  private static func matched(_ arguments: Arguments, _ text: String) throws -> Bool {
    let wanted = arguments.string("match")
    guard arguments.string("match_type") == "pcre" else { return text.contains(wanted) }
    return try TextSearch(wanted, in: "http.query").isFound(in: text)
  }

  private static func statusFound(_ arguments: Arguments, _ status: String, isFine: Bool) throws -> (Bool, String) {
    let wanted = arguments["status"]
    switch arguments.string("status_type") {
    case "list":
      let found = (wanted.listValue ?? []).filter { $0.description == status }
      var words = found.map { "Status \($0) was found." }
      // As Salt says it, also when only the text was not found.
      if found.isEmpty || !isFine { words.append("Statuses \(PythonText.str(wanted)) were not found.") }
      return (!found.isEmpty, words.joined(separator: " "))
    case "pcre":
      let isFound = try TextSearch(wanted.description, in: "http.query").isFound(in: status)
      return (isFound, "Status pattern \"\(wanted)\" was \(isFound ? "" : "not ")found.")
    default:
      let isFound = wanted.description == status
      return (isFound, "Status \(wanted) was \(isFound ? "" : "not ")found.")
    }
  }
}
