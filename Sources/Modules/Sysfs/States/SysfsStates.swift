public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `sysfs.*`.
public enum SysfsStates {
  public static let all: [StateFunction] = [present]

  private static let present = StateFunction(
    "sysfs.present", "Has an attribute of /sys at a value, until the next boot.",
    details: "Changes are `{name: value}`.",
    parameters: [
      .required("name", .string, "The attribute below /sys, such as `kernel/mm/transparent_hugepage/enabled`."),
      .required("value", .any, "The value."), .optional("config", .any, "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    let (name, value) = (arguments.string("name"), arguments["value"])
    let files = context.functions.files
    let path = name.hasPrefix("/sys") ? name : "/sys/\(name)"
    guard !path.split(separator: "/").contains(".."), files.exists(path) else {
      return StateResult(false, "SysFS attribute \(name) doesn't exist.")
    }
    guard !files.isDirectory(path) else { return StateResult(false, "\(name) is not a SysFS attribute.") }
    guard let text = try? files.readText(path, limit: 1 << 16).trimmed(), !text.isEmpty else {
      return StateResult(false, "SysFS attribute \(name) doesn't exist.")
    }
    guard value.description != chosen(text) else { return StateResult(true, "SysFS attribute \(name) is already set.") }
    if context.isTest { return StateResult(nil, "SysFS attribute \(name) set to be changed.") }
    guard files.put(value.description + "\n", into: path) else {
      return StateResult(false, "Failed to set \(name) to \(value)")
    }
    return StateResult(true, "Updated SysFS attribute \(name) to \(value)", changes: [.string(name): value])
  }

  /// Of `always [madvise] never` what stands in brackets.
  private static func chosen(_ text: String) -> String {
    guard let start = text.lastIndex(of: "["), let end = text[start...].firstIndex(of: "]") else { return text }
    return String(text[text.index(after: start)..<end])
  }
}
