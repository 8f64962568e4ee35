public import Functions
import Value

/// `sdb.*`: Salt's secret databases, which Brine does not have.
public enum SDBFunctions {
  private static let uri = Parameter.required("uri", .any, "The value's URI.")

  public static let all: [Function] = [
    Function(
      "sdb.get", "Gives a text back that is no `sdb://` URI, and refuses those that are.",
      details: "Trees that look up only what begins with `sdb://` run unchanged. Keep secrets in the pillar.",
      effect: .read,
      parameters: [uri, .optional("strict", .bool, default: false, "Refuse a text that is no `sdb://` URI.")]
    ) { arguments, _ in
      guard arguments["uri"].stringValue?.hasPrefix("sdb://") != true, !arguments.bool("strict") else {
        throw refusal
      }
      return arguments["uri"]
    },
    Function(
      "sdb.set", "Refused: Brine has no secret databases.", effect: .change,
      parameters: [uri, .required("value", .any, "The value.")]
    ) { _, _ in throw refusal },
    Function("sdb.delete", "Refused: Brine has no secret databases.", effect: .change, parameters: [uri]) { _, _ in
      throw refusal
    },
  ]

  private static let refusal = FunctionError(
    .unavailable, "Brine has no secret databases (sdb://).", hint: "Keep the secret in the pillar of its hosts.")
}
