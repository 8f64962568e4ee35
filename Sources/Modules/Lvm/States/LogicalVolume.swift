import Functions
import OrderedCollections
import Value

/// `lvm.lv_present`: makes or resizes a volume.
struct LogicalVolume: Sendable {
  private let lvm: LvmTool
  private let arguments: Arguments
  private let context: StateContext
  private let name: String
  private let snapshot: String?
  private let path: String

  init(_ lvm: LvmTool, _ arguments: Arguments, _ context: StateContext) {
    self.lvm = lvm
    self.arguments = arguments
    self.context = context
    let given = arguments.optionalString("snapshot").flatMap { $0.isEmpty ? nil : $0 }
    // As in Salt: `snapshot` is the new volume's name and `name` the one that it is of.
    name = given ?? arguments.string("name")
    snapshot = given.map { _ in arguments.string("name") }
    let group = arguments.string("vgname")
    path = "/dev/\(arguments.bool("thinvolume") ? String(group.prefix { $0 != "/" }) : group)/\(name)"
  }

  func present() async throws -> StateResult {
    let (size, extents) = (given("size"), given("extents"))
    if size != nil, extents != nil { return StateResult(false, "Only one of extents or size can be specified.") }
    let megabytes = try size.map { try Self.megabytes($0) }
    guard let found = try await lvm.display(.lv, path)[path]?.mapValue else { return try await create() }
    let there = StateResult(true, "Logical Volume \(name) already present")
    guard size != nil || extents != nil else { return there }
    let old = try Self.megabytes((found["Logical Volume Size"]?.description ?? "") + "s")
    let oldExtents = Int(found["Current Logical Extents Associated"]?.description ?? "") ?? 0
    if let extents, extents.contains("%") {
      return StateResult(true, "Logical Volume \(name) already present, \(extents) won't be resized.")
    }
    let newExtents = extents.flatMap { Int($0) } ?? oldExtents
    let new = megabytes ?? old
    if !arguments.bool("force"), new < old || newExtents < oldExtents {
      return StateResult(false, "To reduce a Logical Volume option 'force' must be True.")
    }
    guard new != old || newExtents != oldExtents else { return there }
    if context.isTest { return StateResult(nil, "Logical Volume \(name) is set to be resized") }
    let output = try await lvm.resize("lvresize", path, arguments)
    let after = try await lvm.display(.lv, path)[path]?["Logical Volume Size"]?.description ?? ""
    guard try Self.megabytes(after + "s") != old else {
      return StateResult(
        false, "Failed to resize Logical Volume \(name).\nError: \(output["Output from lvresize"] ?? "Unknown Error.")")
    }
    return StateResult(true, "Resized Logical Volume \(name)", changes: ["resized": .map(output)])
  }

  private func given(_ key: String) -> String? { arguments.optionalString(key).flatMap { $0.isEmpty ? nil : $0 } }

  private func create() async throws -> StateResult {
    if context.isTest { return StateResult(nil, "Logical Volume \(name) is set to be created") }
    let output = try await lvm.createLogical(name, arguments, snapshot: snapshot)
    guard try await lvm.has(.lv, path) else {
      let reason = output.mapValue?["Output from lvcreate"] ?? output
      return StateResult(false, "Failed to create Logical Volume \(name). Error: \(reason)")
    }
    return StateResult(true, "Created Logical Volume \(name)", changes: ["created": output])
  }

  /// `10G`, `10gb`, `10` (MiB) and `2048s` (sectors) in MiB.
  private static func megabytes(_ text: String) throws(FunctionError) -> Double {
    var digits = text.lowercased()
    if digits.hasSuffix("b") { digits.removeLast() }
    let unit: Character = digits.last.map { $0.isNumber ? "m" : $0 } ?? "m"
    if digits.last?.isNumber == false { digits.removeLast() }
    let factors: [Character: Double] = ["s": 1 / 2048, "m": 1, "g": 1024, "t": 1_048_576, "p": 1_073_741_824]
    guard let number = Int(digits) else { throw FunctionError(.badArguments, "Size \(text) is invalid.") }
    guard let factor = factors[unit] else { throw FunctionError(.badArguments, "Unit \(unit) is invalid.") }
    return Double(number) * factor
  }
}
