public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `archive.*`.
public enum ArchiveStates {
  public static let all: [StateFunction] = [extracted]

  private static let extracted = StateFunction.file(
    "archive.extracted", "An archive is extracted here.",
    details: """
      What the archive holds is looked through before anything is written: an absolute path, a `..`, a link that leads \
      out of the directory and a device are refused. It is extracted when something of it is missing, has another kind, or \
      by `overwrite`. An address is fetched by curl or wget, once for each `source_hash`, which it needs. Files belong to root, without setuid bits, unless `user`, `group` or `options` say otherwise.

      Example:

          /srv/app:
            archive.extracted:
              - source: salt://app/app-1.4.tar.gz
              - user: deploy
              - group: deploy
      """,
    parameters: [
      .required("name", .string, "The directory."),
      .required(
        "source", .any,
        "The archive: `salt://…`, a path of the host, or an http, https or ftp address; of a list the first that is there."
      ),
      .optional("source_hash", .any, "The hash that it has to have, or a file with hashes."),
      .optional("source_hash_name", .string, "The name to look for in a file with hashes."),
      .optional("source_hash_update", .bool, default: false, "Extract again when the archive is another one."),
      .optional(
        "skip_files_list_verify", .bool, default: false, "With the same hash as last time, do not look at the files."),
      .optional("skip_verify", .bool, default: false, "Do not compare with `source_hash`."),
      .optional("password", .any, "Refused: unzip takes passwords on its command line only."),
      .optional("options", .string, "Options of tar, or of unzip."),
      .optional("list_options", .string, "For tar, the program that decompresses the archive where tar knows none."),
      .optional("force", .bool, default: false, "Remove what is there and has another kind."),
      .optional("overwrite", .bool, default: false, "Extract even if all is there."),
      .optional("clean", .bool, default: false, "Remove the top of what the archive holds before."),
      .optional("clean_parent", .bool, default: false, "Remove the whole directory before."),
      .optional("user", .any, "The owner of what is extracted."), .optional("group", .any, "Its group."),
      .optional("if_missing", .string, "Do nothing when this path is there."),
      .optional("trim_output", .any, default: false, "List only so many files in the changes; True for 100."),
      .optional("use_cmd_unzip", .bool, "List what unzip prints; it is unzip in any case."),
      .optional("extract_perms", .bool, default: true, "For zip: with the permissions that the archive has."),
      .optional("enforce_toplevel", .bool, default: true, "Refuse an archive without one directory at its top."),
      .optional("enforce_ownership_on", .string, "Set the owner of this path below `name` only."),
      .optional("archive_format", .string, "tar or zip; by the name when it is not given."),
      .optional("use_etag", .bool, default: false, "Taken for compatibility: it is about http."),
      .optional("keep_source", .bool, default: true, "For http and ftp: keep the copy in the minion's cache."),
      .optional("keep", .bool, default: true, "The same."),
      .optional("signature", .any, "Refused: signatures are not verified."),
      .optional("source_hash_sig", .any, "Refused: signatures are not verified."),
    ]
  ) { arguments, context in
    var run = try await ArchiveExtraction(arguments, context)
    return try await run.run()
  }
}
