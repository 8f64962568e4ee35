public import Value

/// The kernel: `kernel`, `nodename`, `kernelrelease`, `kernelversion`, `cpuarch`, `kernelparams`.
public struct KernelCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var grains: ValueMap = [
      "kernel": .string(context.kernel.name),
      "nodename": .string(context.kernel.nodeName),
      "kernelrelease": .string(context.kernel.release),
      "kernelversion": .string(context.kernel.version),
      "cpuarch": .string(context.kernel.machine),
    ]
    if let line = try? context.files.readText("/proc/cmdline", limit: 1 << 16) {
      grains["kernelparams"] = .list(Self.words(of: line).map(Self.parameter))
    }
    return grains
  }

  /// `[name, value]`; null for a word without `=`, and, as Salt has it, for one with several.
  private static func parameter(_ word: String) -> Value {
    let parts = word.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let name = parts.first, let value = parts.last else {
      return [.string(String(parts.first ?? "")), .null]
    }
    return [.string(String(name)), .string(String(value))]
  }

  /// The words of the command line; quotes group and go.
  static func words(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let finished = word { words.append(finished) }
    return words
  }
}
