import Functions
import HostSystem
import Value

/// The kernel's modules: those that are loaded, those that it has, and the file of those that it loads at boot.
struct KernelModules: Sendable {
  let context: FunctionContext

  init(_ context: FunctionContext) { self.context = context }

  /// `/proc/modules` as lsmod(8) shows it.
  func table() -> [(name: String, size: String, uses: String, users: [String])] {
    context.files.linesIfPresent("/proc/modules").compactMap { line in
      let fields = line.fields()
      guard fields.count > 2 else { return nil }
      let users = fields.count > 3 && fields[3] != "-" ? fields[3].split(separator: ",").map(String.init) : []
      return (fields[0], fields[1], fields[2], users)
    }
  }

  func loaded() -> [String] { table().map(\.name).sorted() }

  /// What the running kernel has, built in or as files.
  func available() -> [String] {
    let directory = "/lib/modules/\(context.grains["kernelrelease"]?.description ?? "")"
    let builtIn = context.files.linesIfPresent("\(directory)/modules.builtin").map { name(of: $0) }
    let files = context.files.linesIfPresent("\(directory)/modules.dep").map { line in
      String(name(of: String(line.prefix { $0 != ":" })).map { $0 == "-" ? "_" : $0 })
    }
    return (builtIn + files).sorted()
  }

  private func name(of path: String) -> String {
    String(PathText.basename(path).prefix { $0 != "." })
  }

  /// The file that Salt keeps the modules in that are to be loaded at boot.
  var persistentPath: String {
    context.grains["systemd"] != nil ? "/etc/modules-load.d/salt_managed.conf" : "/etc/modules"
  }

  func persistent() -> [String] {
    Array(Set(context.files.linesIfPresent(persistentPath).compactMap { Self.word($0) })).sorted()
  }

  /// Loads a module, which may have parameters after its name. Gives what was loaded with it, or the error's words.
  func load(_ module: String, isPersistent: Bool) async throws -> Value {
    try await change(["modprobe"] + words(module), "loading", module) { after, before in
      let added = isPersistent ? try persist(module) : []
      return after.subtracting(before).union(added)
    }
  }

  func remove(_ module: String, isPersistent: Bool, isCommented: Bool) async throws -> Value {
    try await change(["rmmod"] + words(module), "removing", module) { after, before in
      let removed = isPersistent ? try forget(module, isCommented: isCommented) : []
      return before.subtracting(after).union(removed)
    }
  }

  private func change(
    _ argv: [String], _ verb: String, _ module: String, _ difference: (Set<String>, Set<String>) throws -> Set<String>
  ) async throws -> Value {
    let before = Set(loaded())
    let result = try await context.start(argv, package: "kmod")
    guard result.isSuccess else { return .string("Error \(verb) module \(module): \(result.errorText.trimmed())") }
    return .strings(try difference(Set(loaded()), before).sorted())
  }

  private func words(_ module: String) throws -> [String] {
    let words = module.fields()
    guard let name = words.first, !name.hasPrefix("-") else {
      throw FunctionError(.badArguments, "'\(module)' is not the name of a kernel module.")
    }
    return words
  }

  private func persist(_ module: String) throws -> Set<String> {
    guard let name = module.fields().first, !persistent().contains(name), available().contains(name) else { return [] }
    var lines = context.files.linesIfPresent(persistentPath)
    let commented = lines.firstIndex { $0.hasPrefix("#") && $0.dropFirst().trimmed() == module }
    if let commented { lines[commented] = module } else { lines.append(module) }
    try write(lines)
    return [name]
  }

  private func forget(_ module: String, isCommented: Bool) throws -> Set<String> {
    guard let name = module.fields().first, persistent().contains(name) else { return [] }
    let lines = context.files.linesIfPresent(persistentPath).compactMap { line -> String? in
      guard Self.word(line) == name else { return line }
      return isCommented ? "#\(line)" : nil
    }
    try write(lines)
    return [name]
  }

  private func write(_ lines: [String]) throws {
    do { try context.files.write(persistentPath, text: lines.map { $0 + "\n" }.joined()) } catch {
      throw FunctionError(.failed, error.message)
    }
  }

  private static func word(_ line: String) -> String? {
    guard let word = line.fields().first, !word.hasPrefix("#") else { return nil }
    return word
  }
}
