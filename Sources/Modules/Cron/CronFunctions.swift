public import Functions
import Value

/// `cron.*`: users' crontabs, kept in Salt's form, so that both can manage the same table.
public enum CronFunctions {
  public static let all: [Function] =
    queries + [setJob, setSpecial, rmJob, rm, rmSpecial, setEnv, rmEnv, writeCronFile]

  static let user = Parameter.required("user", .string, "Whose crontab.")
  static let command = Parameter.required("cmd", .string, "The command line; one line.")
  static let commented = Parameter.optional(
    "commented", .bool, default: false, "Keep the job in the table, but switched off.")
  static let comment = Parameter.optional("comment", .string, "A comment above the job; may have several lines.")
  static let identifier = Parameter.optional(
    "identifier", .string, "A name to find the job by when its command changes.")

  static let form = """
    Jobs stand below the line `\(Crontab.marker)`, each under a comment with its `\(Crontab.identifierTag):…`, as Salt \
    writes them; what is above that line is never touched. A job with an identifier is found by it, one without by its \
    command.
    """
}
