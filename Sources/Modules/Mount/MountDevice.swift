import Functions
import HostSystem

/// What a device of a mount is called, and whether it is what is mounted.
struct MountDevice: Sendable {
  private static let tags = [
    "UUID": "by-uuid", "LABEL": "by-label", "PARTUUID": "by-partuuid", "PARTLABEL": "by-partlabel",
  ]

  let context: FunctionContext
  /// As it was given.
  let text: String
  private var files: HostFiles { context.files }

  /// The device itself, with links, labels and ids resolved; what cannot be resolved stays.
  ///
  /// - Throws: `StateRefusal` for a label that no device has.
  func resolved() async throws -> String {
    if let sign = text.firstIndex(of: "="), let folder = Self.tags[text[..<sign].uppercased()] {
      let tag = text[..<sign].uppercased()
      let value = text[text.index(after: sign)...].filter { $0 != "\"" }
      if !value.contains("/"), let path = files.realPath("/dev/disk/\(folder)/\(value)") { return path }
      if let path = try await device(tag, value) { return path }
      guard tag != "LABEL" else { throw StateRefusal("Unable to find device with label \(value).") }
      return tag == "UUID" ? value.lowercased() : text
    }
    if let mapper = logicalVolume { return mapper }
    if let sign = text.firstIndex(of: "#"), sign != text.startIndex, !text.hasPrefix("/") {
      return String(text[text.index(after: sign)...])
    }
    return text.hasPrefix("/") ? files.realPath(text) ?? text : text
  }

  /// All names of a mounted device: as the kernel has it, without links, the file behind a loop device.
  func names(of mount: ActiveMount) -> [String] {
    var names = [mount.device]
    if mount.device.hasPrefix("/"), let real = files.realPath(mount.device) { names.append(real) }
    for name in names {
      guard let number = name.hasPrefix("/dev/loop") ? name.dropFirst(9) : nil, number.allSatisfy(\.isNumber) else {
        continue
      }
      if let backing = files.firstLine("/sys/block/loop\(number)/loop/backing_file") {
        names.append(OctalEscape.decode(backing))
      }
    }
    return names
  }

  /// `/dev/VG/LV` as device mapper has it.
  private var logicalVolume: String? {
    let parts = text.split(separator: "/")
    guard text.hasPrefix("/dev/"), parts.count == 3 else { return nil }
    let names = parts.dropFirst().map { $0.replacing("-", with: "--") }
    let path = "/dev/mapper/\(names.joined(separator: "-"))"
    return files.exists(path) ? files.realPath(path) ?? path : nil
  }

  private func device(_ tag: String, _ value: String) async throws -> String? {
    guard context.commands.which("blkid") != nil else { return nil }
    let result = try await context.commands.run("blkid", "-o", "device", "-t", "\(tag)=\(value)")
    guard result.isSuccess, let path = result.outputLines.first?.trimmed(), !path.isEmpty else { return nil }
    return files.realPath(path) ?? path
  }
}
