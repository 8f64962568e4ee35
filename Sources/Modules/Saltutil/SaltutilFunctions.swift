public import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// `saltutil.*`, as far as Brine has something to refresh. It has no custom modules to copy to a host: functions of the
/// site's own lie there (docs/site-functions.md), and pillar and files are had anew for every job.
public enum SaltutilFunctions {
  public static let all: [Function] =
    [refreshPillar("refresh_pillar"), refreshPillar("pillar_refresh"), refreshGrains, syncAll]
    + (kinds + ["outputters"]).map(sync) + refreshes.map(refresh) + SaltutilJobs.all

  /// What Salt copies from `salt://_modules` and the like.
  static let kinds = [
    "clouds", "beacons", "modules", "states", "sdb", "grains", "renderers", "returners", "output", "utils",
    "log_handlers", "executors", "proxymodules", "engines", "thorium", "serializers", "matchers", "resources", "pillar",
    "wrapper", "tops",
  ]
  private static let refreshes = ["modules", "beacons", "matchers"]

  private static let syncing: [Parameter] = [
    .optional("saltenv", .string, "Taken for compatibility."),
    .optional("refresh", .bool, default: true, "Taken for compatibility."),
    .optional("extmod_whitelist", .any, "Taken for compatibility."),
    .optional("extmod_blacklist", .any, "Taken for compatibility."),
    .optional("clean_pillar_cache", .bool, default: false, "Taken for compatibility."),
  ]

  private static func refreshPillar(_ name: String) -> Function {
    Function(
      "saltutil.\(name)", "Compiles this host's pillar, and says whether that worked.",
      details: "Returns true. Nothing is kept on the host: every job has its pillar compiled anew anyway. A pillar "
        + "with errors is a failure that names them.",
      effect: .inspect,
      parameters: [
        .optional("wait", .bool, default: false, "Taken for compatibility: it always waits."),
        .optional("timeout", .int, default: 30, "Taken for compatibility."),
        .optional("clean_cache", .bool, default: true, "Taken for compatibility."),
      ]
    ) { _, context in
      _ = try await PillarFunctions.prepared(context)
      return true
    }
  }

  private static let refreshGrains = Function(
    "saltutil.refresh_grains", "Has the minion look at its grains again, and tell the master.",
    details: "Returns true.", effect: .inspect,
    parameters: [
      .optional("refresh_pillar", .bool, default: true, "Taken for compatibility."),
      .optional("clean_pillar_cache", .bool, default: false, "Taken for compatibility."),
    ]
  ) { _, _ in
    MinionDaemon.refresh()
    return true
  }

  private static let syncAll = Function(
    "saltutil.sync_all", "What Salt would copy of each kind: nothing.",
    details: "Returns `{kind: []}`.", effect: .read, parameters: syncing
  ) { _, _ in
    var result: ValueMap = [:]
    for kind in kinds { result[kind] = [] }
    return .map(result)
  }

  private static func sync(_ kind: String) -> Function {
    Function(
      "saltutil.sync_\(kind)", "What Salt would copy: nothing.", details: "Returns `[]`.", effect: .read,
      parameters: syncing
    ) { _, _ in [] }
  }

  private static func refresh(_ kind: String) -> Function {
    Function(
      "saltutil.refresh_\(kind)", "True: every job begins with what is there now.", effect: .read,
      parameters: [.keywords("kwargs", "Taken for compatibility.")]
    ) { _, _ in true }
  }
}
