public import Functions
import HostSystem
import OrderedCollections
import Value

/// `http.*`.
public enum HTTPFunctions {
  public static let all: [Function] = [query, waitForSuccess]

  private static let keywords = Parameter.keywords(
    "kwargs",
    "`method`, `params`, `data`, `data_file`, `header_dict`, `header_list`, `username`, `password`, `decode`, "
      + "`decode_type` (auto, json, yaml, plain), `status`, `headers`, `text`, `verify_ssl`, `ca_bundle`, `cert`, "
      + "`timeout`, `agent`.")
  private static let url = Parameter.required("url", .string, "An http or https address.")

  static let query = Function(
    "http.query", "Makes an HTTP request with curl.",
    details: "Returns `{body}`, with `status`, `headers`, `text` and `dict` (of `decode=True`) where asked for; "
      + "`{status, error}` when it did not work.\n\nExample: `brine run web1 http.query http://localhost/ status=True`.",
    effect: .change, parameters: [url, keywords]
  ) { arguments, context in
    .map(try await HTTPQuery(arguments.string("url"), arguments.map("kwargs")).answer(context))
  }

  static let waitForSuccess = Function(
    "http.wait_for_successful_query", "Makes an HTTP request again and again until it works.",
    details: "Returns what `http.query` returns.", effect: .change,
    parameters: [
      url, .optional("wait_for", .number, default: 300, "Seconds."),
      .optional("request_interval", .number, default: 1, "Seconds between two requests."), keywords,
    ]
  ) { arguments, context in
    let query = try HTTPQuery(arguments.string("url"), arguments.map("kwargs"))
    let deadline = ContinuousClock.now + .milliseconds(Int((arguments.double("wait_for") ?? 300) * 1000))
    while true {
      let answer = try await query.answer(context)
      if answer["error"] == nil || ContinuousClock.now >= deadline { return .map(answer) }
      try await Task.sleep(for: .milliseconds(Int(max(0.1, arguments.double("request_interval") ?? 1) * 1000)))
    }
  }
}
