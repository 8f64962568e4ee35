public import Functions
import HostSystem
import OpenSSL
import Value

/// `x509.*` as states: private keys, requests and certificates that are there and stay valid.
public enum X509States {
  public static let all: [StateFunction] = [privateKeyManaged, csrManaged, certificateManaged, crlManaged, pemManaged]

  static let name = Parameter.required("name", .string, "Absolute path of the file.")
  /// What the file is to be like, as in `file.managed`.
  static let fileParameters: [Parameter] = [
    FileStates.user, FileStates.group, .optional("mode", .any, "Permission bits as octal digits."),
    FileStates.makedirs, FileStates.dirMode, FileStates.backup,
    .optional("create", .bool, default: true, "False does nothing when the file is missing."),
    .optional("follow_symlinks", .bool, default: true, "False puts a file in place of a link."),
  ]

  static let pemManaged = StateFunction.x509(
    "x509.pem_managed", "A file holds a PEM text, in its proper form.",
    details: """
      The result is that of `file.managed`; the difference is not shown.

      Example:

          /etc/ssl/ca.crt:
            x509.pem_managed:
              - text: {{ pillar['ca_certificate']|yaml_dquote }}
      """,
    parameters: [name, .required("text", .string, "PEM text, or the path of a PEM file.")] + fileParameters
  ) { arguments, context in
    let source = X509Source(files: context.functions.files)
    let block = try X509Functions.entry(source.bytes(arguments.string("text")), nil)
    return try await ManagedPEM("x509.pem_managed", arguments, context, mode: nil).place(Array(block.text.utf8))
  }
}
