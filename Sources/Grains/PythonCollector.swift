import HostSystem
public import Value

/// `pythonversion`: the host's Python 3, for trees that choose the names of packages by it. Brine runs none; where the
/// host has none either it is `[3, 0]`.
public struct PythonCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let name = context.files.linkTarget("/usr/bin/python3")?.split(separator: "/").last ?? ""
    let numbers =
      name.hasPrefix("python") ? name.dropFirst(6).split(separator: ".").map { Int64($0) } : []
    let version = numbers.count == 2 ? numbers.compactMap(\.self) : []
    return ["pythonversion": .list((version.count == 2 ? version : [3, 0]).map(Value.int))]
  }
}
