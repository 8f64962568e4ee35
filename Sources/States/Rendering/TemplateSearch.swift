import Functions
import HostSystem
import Jinja

/// Finds what templates import and include: below the roots of the environment, or, for names that begin with `./` or
/// `../`, from the folder of the template that Salt's loader has read last.
final class TemplateSearch {
  private let context: FunctionContext
  private let environment: String
  private let bridge: TaskBridge
  /// `tpldir` as the loader knows it; nil where there is none, so that relative names lead nowhere.
  private var folder: String?

  init(_ context: FunctionContext, environment: String, folder: String?, bridge: TaskBridge) {
    self.context = context
    self.environment = environment
    self.folder = folder
    self.bridge = bridge
  }

  /// - Returns: nil when no root has it.
  /// - Throws: `TemplateFailure` for names that lead out of the roots, and for files that cannot be read.
  func load(_ name: String) throws -> LoadedTemplate? {
    let first = name.prefix { $0 != "/" }
    let isRelative = first == "." || first == ".."
    var path = name
    if isRelative {
      guard let folder else { return nil }
      path = "\(folder)/\(name)"
    }
    guard let path = Self.normalized(path) else {
      throw TemplateFailure(
        .notFound, "the template '\(name)' lies outside of the file roots",
        hint: "'../' may not go above salt://, and names do not begin with '/'.")
    }
    let source = context.source
    let environment = environment
    let local: String?
    do {
      local = try bridge.wait { try await source.localPath(of: path, environment: environment) }
    } catch {
      throw TemplateFailure(.hostFunction, "the template '\(name)' cannot be had: \(error)")
    }
    guard let local else { return nil }
    if !isRelative { folder = TemplatePlace.parent(of: path) ?? "." }
    let directory = folder ?? "."
    let text: String
    do {
      text = try HostFiles().readText(local, limit: SLSLoader.sizeLimit)
    } catch {
      throw TemplateFailure(.hostFunction, "the template '\(name)' cannot be read: \(error)")
    }
    return LoadedTemplate(
      source: text, file: path,
      globals: [
        "tplfile": .string(isRelative ? name : path), "tpldir": .string(directory),
        "tpldot": .string(directory == "." ? "" : directory.replacing("/", with: ".")),
      ])
  }

  /// The path without `.` and `..`; nil when it leads above its start, is absolute or empty.
  static func normalized(_ path: String) -> String? {
    guard !path.hasPrefix("/"), path.utf8.count < 4096, !path.utf8.contains(0) else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
