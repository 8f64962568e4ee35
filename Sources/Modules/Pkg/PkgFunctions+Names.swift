import Functions
import HostSystem
import OrderedCollections
import Value

extension PkgFunctions {
  static let names: [Function] = [normalizeName, parseArchitecture]

  private static let normalizeName = Function(
    "pkg.normalize_name", "A package's name without the host's own architecture.",
    details: "Example: `brine run web1 pkg.normalize_name zsh:amd64` gives `zsh`", effect: .read,
    parameters: [.required("name", .string, "The package.")]
  ) { arguments, context in
    .string(PackageWishes.normalized(arguments.string("name"), try PackageProviders.provider(for: context)))
  }

  private static let rpmArchitectures: Set<String> = [
    "noarch", "x86_64", "x86_64_v2", "i386", "i486", "i586", "i686", "aarch64", "armv7hl", "ppc64", "ppc64le", "s390x",
    "riscv64", "src",
  ]

  private static let parseArchitecture = Function(
    "pkg.parse_arch", "A package's name and its architecture apart.",
    details: """
      Returns `{name, arch}`; the architecture is null when the name has none.

      Example: `brine run web1 pkg.parse_arch zsh:amd64`
      """,
    effect: .read, parameters: [.required("name", .string, "The package.")]
  ) { arguments, context in
    let name = arguments.string("name")
    let isDebian = try PackageProviders.provider(for: context) is AptProvider
    guard let sign = name.lastIndex(of: isDebian ? ":" : ".") else { return ["name": .string(name), "arch": .null] }
    let architecture = String(name[name.index(after: sign)...])
    guard isDebian || rpmArchitectures.contains(architecture) else { return ["name": .string(name), "arch": .null] }
    return ["name": .string(String(name[..<sign])), "arch": .string(architecture)]
  }
}
