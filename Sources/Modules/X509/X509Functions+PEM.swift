import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509Functions {
  static let getPEMEntry = Function.x509(
    "x509.get_pem_entry", "Returns a PEM text in its proper form: 64 characters a line, nothing around it.",
    details: """
      Private keys are never a result; ask for them by `pem_type` of something else.

      Example: `brine run web1 x509.get_pem_entry /etc/ssl/web.crt`.
      """,
    effect: .inspect,
    parameters: [
      .required("text", .string, "Path of a PEM file, or PEM text."),
      .optional("pem_type", .string, "The block's label, `CERTIFICATE`; the first one when not given."),
    ]
  ) { arguments, context in
    let block = try entry(
      try X509Source(files: context.files).bytes(arguments.string("text")), arguments.optionalString("pem_type"))
    guard !block.label.hasSuffix("PRIVATE KEY") else {
      throw FunctionError(.failed, "This is a private key, which is never a result.")
    }
    return .string(block.text)
  }

  static let getPEMEntries = Function.x509(
    "x509.get_pem_entries", "Returns the first PEM block of each of several files.",
    details: """
      A map of paths; files without one, and private keys, are left out.

      Example: `brine run web1 x509.get_pem_entries '/etc/ssl/certs/web*.pem'`.
      """,
    effect: .inspect, parameters: [.required("glob_path", .string, "A path with `*`, `?` and `[…]`.")]
  ) { arguments, context in
    var map: ValueMap = [:]
    for path in try paths(arguments, context) {
      guard let bytes = try? CertificateFile.bytes(path, context.files), let block = try? entry(bytes, nil),
        !block.label.hasSuffix("PRIVATE KEY")
      else { continue }
      map[.string(path)] = .string(block.text)
    }
    return .map(map)
  }

  static let writePEM = Function.x509(
    "x509.write_pem", "Writes a PEM text to a file, in its proper form.",
    details: """
      A new file has mode 0600; one that is there keeps its own. Returns `PEM written to PATH`.

      Example: `brine run web1 x509.write_pem "$(cat web.crt)" /etc/ssl/web.crt`.
      """,
    effect: .change,
    parameters: [
      .required("text", .string, "PEM text, or the path of a PEM file."),
      .required("path", .string, "Absolute path of the file."),
      .optional("overwrite", .bool, default: true, "False leaves a file that is there as it is."),
      .optional("pem_type", .string, "The block's label; the first one when not given."),
    ]
  ) { arguments, context in
    let path = try absolute(arguments.string("path"))
    let block = try entry(
      try X509Source(files: context.files).bytes(arguments.string("text")), arguments.optionalString("pem_type"))
    guard arguments.bool("overwrite") || !context.files.exists(path) else {
      return .string("The file at \(path) exists and overwrite was set to false")
    }
    try context.stopIfTest("write \(path)")
    let mode = context.files.status(path)?.mode ?? 0o600
    try context.files.write(context.files.writeTarget(path), text: block.text, mode: mode)
    return .string("PEM written to \(path)")
  }

  /// The first block, or the first of a label. What is wrong is said without any of the text, which may be a key.
  static func entry(_ bytes: [UInt8], _ label: String?) throws -> PEMBlock {
    let blocks = try X509Source.blocks(bytes, name: "The PEM text")
    guard let block = label.map({ label in blocks.first { $0.label == label } }) ?? blocks.first else {
      let kinds = blocks.map(\.label).joined(separator: ", ")
      throw FunctionError(
        .failed, label.map { "PEM does not contain an entry of type \($0)" } ?? "PEM text not valid",
        hint: kinds.isEmpty ? nil : "It has \(kinds).")
    }
    return block
  }
}
