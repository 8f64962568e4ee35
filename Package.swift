// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 language mode is the tools default; warnings are errors.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error)
]

/// What runs seldom is built small: a minion's program is on every host. Each message goes through the others.
let small = strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// libzmq and the libraries under it are linked from Debian's archives, so that one file runs on a host that has
/// none of them. `CZeroMQ` holds stand-ins for what its unused transports (PGM, NORM, GSSAPI) would pull in.
let zeroMQ: [LinkerSetting] = [
  .unsafeFlags([
    "-Xlinker", "-l:libzmq.a", "-Xlinker", "-l:libsodium.a", "-Xlinker", "-l:libbsd.a", "-Xlinker", "-l:libmd.a",
    "-Xlinker", "-lstdc++",
  ])
]

/// Links a C library from its archive.
func archive(_ library: String) -> [LinkerSetting] { [.unsafeFlags(["-Xlinker", "-l:lib\(library).a"])] }

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "brine",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Floor 1: C libraries and the dynamic value.
    .target(name: "CZeroMQ"),
    .target(name: "CLinux"),
    .systemLibrary(name: "CEpoll"),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .target(name: "CMessageDigest"),
    .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "Value", dependencies: ["CYAML", collections], swiftSettings: strict, linkerSettings: archive("yaml")),

    // Floor 2
    .target(name: "HostSystem", dependencies: ["CLinux", "Value", subprocess, systemPackage], swiftSettings: small),
    .target(name: "HostSystemTesting", dependencies: ["HostSystem"], swiftSettings: small),
    .target(name: "TestSupport", swiftSettings: small),
    .target(
      name: "ZeroMQ", dependencies: ["CLinux", "CZeroMQ", "Value"], swiftSettings: strict, linkerSettings: zeroMQ),

    .target(
      name: "Targeting", dependencies: ["CPCRE2", "Value", collections], swiftSettings: small,
      linkerSettings: archive("pcre2-8")),
    .target(
      name: "Hashing", dependencies: ["CMessageDigest", "CSodium"], swiftSettings: small,
      linkerSettings: archive("md") + archive("sodium")),
    .target(
      name: "Sealing", dependencies: ["CSodium", "Value"], swiftSettings: small, linkerSettings: archive("sodium")),
    .target(name: "OpenSSL", dependencies: ["COpenSSL", "Hashing", "Value"], swiftSettings: small),
    .target(name: "Jinja", dependencies: ["Hashing", "Targeting", "Value", collections], swiftSettings: small),

    // Floor 3
    .target(name: "Wire", dependencies: ["Value"], swiftSettings: strict),
    .target(name: "Functions", dependencies: ["HostSystem", "Value", collections], swiftSettings: small),

    .target(name: "Configuration", dependencies: ["Functions", "HostSystem", "Value"], swiftSettings: small),

    .target(
      name: "Identity", dependencies: ["HostSystem", "Sealing", "Value", "ZeroMQ", collections], swiftSettings: small),
    .target(name: "Logs", dependencies: [logging], swiftSettings: small),

    // Floor 4
    .target(
      name: "Store", dependencies: ["Value", "Wire", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .target(
      name: "States",
      dependencies: ["Functions", "HostSystem", "Jinja", "Sealing", "Targeting", "Value", collections],
      swiftSettings: small),
    .target(
      name: "Modules",
      dependencies: [
        "CCrypt", "CLinux", "Functions", "Grains", "Hashing", "HostSystem", "Jinja", "OpenSSL", "Sealing", "States",
        "Targeting", "Value", collections,
      ], swiftSettings: small, linkerSettings: archive("crypt")),
    .target(name: "Grains", dependencies: ["HostSystem", "Value", collections], swiftSettings: small),

    // Floor 5
    .target(
      name: "Master",
      dependencies: [
        "Configuration", "Functions", "Hashing", "HostSystem", "Identity", "Sealing", "States", "Store", "Targeting",
        "Value", "Wire", "ZeroMQ", collections, logging,
      ], swiftSettings: strict),
    .target(
      name: "Minion",
      dependencies: [
        "CLinux", "Configuration", "Functions", "Grains", "Hashing", "HostSystem", "Identity", "Value", "Wire",
        "ZeroMQ",
        collections, logging,
      ], swiftSettings: small),
    .target(
      name: "Operator", dependencies: ["Identity", "Targeting", "Value", "Wire", "ZeroMQ", collections],
      swiftSettings: small),
    .target(
      name: "CommandLine",
      dependencies: ["Value", .product(name: "UnixSignals", package: "swift-service-lifecycle")],
      swiftSettings: small),

    // Floor 6
    .executableTarget(
      name: "brine-minion",
      dependencies: [
        "CommandLine", "Configuration", "Functions", "HostSystem", "Identity", "Logs", "Minion", "Modules", "Operator",
        "Value", "Wire", "ZeroMQ", logging,
      ], swiftSettings: small),
    .executableTarget(
      name: "brine",
      dependencies: [
        "CommandLine", "Configuration", "Functions", "HostSystem", "Identity", "Logs", "Master", "Modules", "Operator",
        "Sealing", "Targeting", "Value", "Wire", "ZeroMQ", arguments, collections, logging,
      ], swiftSettings: small),

    .executableTarget(
      name: "brine-bench",
      dependencies: [
        "CEpoll", "CommandLine", "HostSystem", "Identity", "Minion", "Operator", "Store", "Value", "Wire", "ZeroMQ",
        arguments, collections,
      ], swiftSettings: small),

    .executableTarget(
      name: "brine-fuzz",
      dependencies: [
        "Configuration", "Functions", "HostSystem", "Identity", "Jinja", "Master", "Sealing", "States", "Targeting",
        "Value", "Wire", collections,
      ],
      swiftSettings: small),

    // Tests: one target a module.
    .testTarget(name: "ValueTests", dependencies: ["TestSupport", "Value", collections], swiftSettings: strict),
    .testTarget(
      name: "TargetingTests", dependencies: ["Targeting", "TestSupport", "Value", collections], swiftSettings: strict),
    .testTarget(name: "WireTests", dependencies: ["TestSupport", "Value", "Wire", collections], swiftSettings: strict),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "HostSystem", "HostSystemTesting", "Store", "Value", "Wire", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: strict),
    .testTarget(
      name: "MasterTests",
      dependencies: [
        "Configuration", "Functions", "HostSystem", "HostSystemTesting", "Master", "Sealing", "States", "Store",
        "Targeting", "TestSupport", "Value", "Wire", "ZeroMQ", collections,
      ], swiftSettings: strict),
    .testTarget(
      name: "MinionTests",
      dependencies: [
        "Configuration", "Functions", "HostSystem", "HostSystemTesting", "Minion", "TestSupport", "Value", "Wire",
        collections,
      ], swiftSettings: strict),
    .testTarget(
      name: "FunctionsTests", dependencies: ["Functions", "HostSystem", "HostSystemTesting", "Value", collections],
      swiftSettings: strict),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: ["Configuration", "HostSystem", "HostSystemTesting", "Value", collections], swiftSettings: strict),
    .testTarget(
      name: "IdentityTests",
      dependencies: ["HostSystem", "HostSystemTesting", "Identity", "Sealing", "Value", "ZeroMQ", collections],
      swiftSettings: strict),
    .testTarget(name: "ZeroMQTests", dependencies: ["TestSupport", "Value", "ZeroMQ"], swiftSettings: strict),
    .testTarget(
      name: "HostSystemTests", dependencies: ["HostSystem", "HostSystemTesting", "TestSupport", "Value"],
      swiftSettings: strict),
    .testTarget(name: "LogsTests", dependencies: ["Logs", logging], swiftSettings: strict),
    .testTarget(name: "CommandLineTests", dependencies: ["CommandLine"], swiftSettings: strict),
    .testTarget(
      name: "JinjaTests", dependencies: ["Jinja", "Value", collections], exclude: ["Cases"], swiftSettings: strict),
    .testTarget(
      name: "StatesTests",
      dependencies: [
        "Functions", "HostSystem", "HostSystemTesting", "Jinja", "Sealing", "States", "TestSupport", "Value",
        collections,
      ],
      exclude: ["Cases"], swiftSettings: strict),
    .testTarget(name: "BenchTests", dependencies: ["brine-bench"], swiftSettings: strict),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: strict),
    .testTarget(name: "SealingTests", dependencies: ["Sealing", "Value"], swiftSettings: strict),
    .testTarget(name: "OpenSSLTests", dependencies: ["OpenSSL", "Value"], swiftSettings: strict),
    .testTarget(
      name: "GrainsTests", dependencies: ["Grains", "HostSystem", "HostSystemTesting", "Value", collections],
      swiftSettings: strict),
    .testTarget(
      name: "ModulesTests",
      dependencies: [
        "Functions", "Grains", "HostSystem", "HostSystemTesting", "Modules", "OpenSSL", "Sealing", "States",
        "TestSupport", "Value", collections,
      ], exclude: ["File/States/Cases"], swiftSettings: strict),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "CLinux", "HostSystem", "HostSystemTesting", "Identity", "Minion", "Operator", "TestSupport", "Value", "Wire",
        "ZeroMQ", "brine", "brine-minion", collections,
      ], swiftSettings: strict),
    .testTarget(
      name: "OperatorTests", dependencies: ["Operator", "Value", "Wire", collections], swiftSettings: strict),
  ]
)
