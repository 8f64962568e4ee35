public import Functions
import Value

/// `test.*`: whether a minion answers, and how arguments reach it.
public enum TestFunctions {
  public static let all: [Function] = answers + arguments + work + failures + more

  private static let answers: [Function] = [
    Function(
      "test.ping", "Tells that the minion answers.",
      details: "Returns True. No ICMP is involved.\n\nExample: `brine run '*' test.ping`.", effect: .read
    ) { _, _ in true },
    Function("test.true", "Returns True.", details: "Example: `brine run '*' test.true`.", effect: .read) { _, _ in true
    },
    Function("test.false", "Returns False.", details: "Example: `brine run '*' test.false`.", effect: .read) { _, _ in
      false
    },
    Function(
      "test.version", "Tells the version of Brine on the minion.",
      details: "Returns a string.\n\nExample: `brine run '*' test.version`.", effect: .read
    ) { _, context in .string(version(context)) },
    Function(
      "test.versions_information", "Tells the versions of Brine, of the system and of the OpenSSL on it.",
      details: """
        Returns `{"Brine Version": {…}, "System Versions": {…}}` with what the grains know.

        Example: `brine run web1 test.versions_information`.
        """,
      effect: .read
    ) { _, context in versions(context) },
    Function(
      "test.get_opts", "Returns the minion's configuration, with secrets taken out.",
      details: "Returns a map; what looks like a secret is `***`.\n\nExample: `brine run web1 test.get_opts`.",
      effect: .read
    ) { _, context in OptionRedaction.redact(.map(context.options)) },
    Function(
      "test.not_loaded", "Lists modules that this minion lacks.",
      details:
        "Returns an empty list: every module is part of the program.\n\nExample: `brine run web1 test.not_loaded`.",
      effect: .read
    ) { _, _ in [] },
    Function(
      "test.provider", "Tells which provider stands behind a module on this host.",
      details: """
        Returns its name, such as `aptpkg` or `systemd_service`; the module's own name where there is only one; nothing for \
        a module that does not exist.

        Example: `brine run '*' test.provider pkg`.
        """,
      effect: .read, parameters: [.required("module", .string, "The module, such as pkg or service.")]
    ) { arguments, context in TestProviders.name(of: arguments.string("module"), context).map(Value.string) ?? .null },
  ]

  static func version(_ context: FunctionContext) -> String {
    context.grains["brineversion"]?.stringValue ?? "unknown"
  }

  private static func versions(_ context: FunctionContext) -> Value {
    func grain(_ name: String) -> Value { context.grains[name] ?? .null }
    let distribution = ["osfullname", "osrelease", "oscodename"].compactMap { context.grains[$0]?.stringValue }
    return [
      "Brine Version": ["Brine": .string(version(context))],
      "Dependency Versions": ["OpenSSL": grain("openssl")],
      "System Versions": [
        "system": grain("kernel"), "dist": .string(distribution.joined(separator: " ")),
        "release": grain("kernelrelease"),
        "machine": grain("cpuarch"), "version": grain("lsb_distrib_description"),
      ],
    ]
  }
}
