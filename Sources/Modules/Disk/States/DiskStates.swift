public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `disk.*`: checks, which change nothing.
public enum DiskStates {
  public static let all: [StateFunction] = [status]

  private static let status = StateFunction(
    "disk.status", "Checks how full a file system is.",
    details: "`data` of the result is what was seen.",
    parameters: [
      .required("name", .string, "A mount point or a directory."),
      .optional("maximum", .any, "At most so much, such as 90% (or KB)."),
      .optional("minimum", .any, "At least so much."),
      .optional("absolute", .bool, default: false, "The limits are kilobytes, not percent."),
      .optional("free", .bool, default: false, "The limits are of the free space, not of the used."),
    ]
  ) { arguments, context in
    let isAbsolute = arguments.bool("absolute")
    var comment = ""
    let most = try limit("maximum", arguments, &comment)
    let least = try limit("minimum", arguments, &comment)
    if comment.isEmpty, let least, let most, least >= most { comment = "minimum must be less than maximum " }
    guard comment.isEmpty else { return StatusStates.result(false, comment, .map([:])) }
    let path = arguments.string("name")
    let table = try await DiskFunctions.usage.call([:], context.functions).mapValue ?? [:]
    if let row = table[path] {
      let map = row.mapValue ?? [:]
      func number(_ key: String) -> Double {
        Double(map[Value.string(key)]?.description.filter(\.isNumber) ?? "") ?? 0
      }
      let used = number(isAbsolute ? "used" : "capacity")
      let free = isAbsolute ? number("available") : 100 - used
      return judged(used, free, least, most, arguments, "", row, isWhole: true)
    }
    let words = "Disk mount \(path) not present. "
    guard context.functions.files.isDirectory(path) else {
      let comment = "\(words)Directory \(path) does not exist or is not a directory"
      return StatusStates.result(false, comment, .map([:]))
    }
    guard let space = FileSystemSpace(path, context.functions.files) else {
      return StatusStates.result(false, "\(words)The file system of \(path) does not answer", .map([:]))
    }
    let (total, available) = (Double(space.total), Double(space.available))
    func percent(_ part: Double) -> Double { total == 0 ? 0 : (part / total * 1000).rounded() / 10 }
    let data: Value = [.string(path): ["total": .integer(space.total), "available": .integer(space.available)]]
    return judged(
      isAbsolute ? total - available : percent(total - available), isAbsolute ? available : percent(available), least,
      most, arguments, words, data, isWhole: isAbsolute)
  }

  private static func limit(_ name: String, _ arguments: Arguments, _ comment: inout String) throws -> Double? {
    guard arguments.isGiven(name) else { return nil }
    let isAbsolute = arguments.bool("absolute")
    let text = arguments[name].description.filter { !(isAbsolute ? " KB" : " %").contains($0) }
    guard let number = Int(text) else {
      comment += "\(name) must be an integer "
      return nil
    }
    if !isAbsolute, !(0...100).contains(number) { comment += "\(name) must be in the range [0, 100] " }
    return Double(number)
  }

  private static func judged(
    _ used: Double, _ free: Double, _ least: Double?, _ most: Double?, _ arguments: Arguments, _ words: String,
    _ data: Value, isWhole: Bool
  ) -> StateResult {
    let unit = arguments.bool("absolute") ? "KB" : "%"
    let (noun, value) = arguments.bool("free") ? ("available", free) : ("used", used)
    func shown(_ number: Double, isWhole: Bool = true) -> String {
      isWhole ? String(Int(number)) : PythonText.number(number)
    }
    for (limit, word, isBroken) in [
      (least, "below minimum", value < least ?? 0), (most, "above maximum", value > most ?? 0),
    ] {
      guard let limit, isBroken else { continue }
      return StatusStates.result(
        false,
        "Disk \(noun) space is \(word) of \(shown(limit)) \(unit) at \(shown(value, isWhole: isWhole)) \(unit)", data)
    }
    return StatusStates.result(true, "Disk used space in acceptable range", data)
  }
}
