public import Functions
import OrderedCollections
import Value

/// States `saltutil.*`. There is nothing to copy to a host, so they say what Salt says when nothing is new.
public enum SaltutilStates {
  public static let all: [StateFunction] = (["all", "outputters"] + SaltutilFunctions.kinds).map { kind in
    StateFunction(
      "saltutil.sync_\(kind)", "What Salt would copy to the host: nothing.",
      parameters: [
        .required("name", .string, "Any text."), .keywords("kwargs", "Taken for compatibility and not used."),
      ]
    ) { _, context in
      context.isTest
        ? StateResult(nil, "saltutil.sync_\(kind) would have been run") : StateResult(true, "No updates to sync")
    }
  }
}
