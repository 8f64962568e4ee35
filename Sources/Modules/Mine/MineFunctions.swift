public import Functions
import Value

/// `mine.*`, as far as state trees need it to be read.
public enum MineFunctions {
  public static let all: [Function] = [get]

  private static let get = Function(
    "mine.get", "What other hosts have put into the mine: always nothing.",
    details:
      "Brine has no mine. Salt without one answers `{}`, so trees that ask are written for it. Ask the fleet with "
      + "`brine grains query` instead.",
    effect: .read,
    parameters: [
      .required("tgt", .string, "Taken for compatibility."), .required("fun", .any, "Taken for compatibility."),
      .optional("tgt_type", .string, default: "glob", "Taken for compatibility."),
      .optional("exclude_minion", .bool, default: false, "Taken for compatibility."),
    ]
  ) { _, _ in [:] }
}
