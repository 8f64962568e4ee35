public import Configuration
import Glibc
import HostSystem
import OrderedCollections
public import Value
import Wire

/// `minion.yaml` with its drop-ins. Keys that Salt has keep Salt's names.
public struct MinionConfiguration: Sendable {
  public var directory: String
  /// Host name or address of the master; empty until the host has joined.
  public var master: String
  public var fleetPort: Int
  public var enrolPort: Int
  /// Z85 of the master's key, pinned at `join`.
  public var masterKey: String
  public var id: String
  public var stateDirectory: String
  /// Copies of files of the master.
  public var cacheDirectory: String
  /// Seconds after which a copy goes that was not used, and bytes that all may have; 0 is without limit.
  public var cacheAge: Int
  public var cacheSize: Int
  /// Jobs that run at once; more wait.
  public var maximumWorkers: Int
  /// Largest return value in bytes; a larger one is a failure that says so.
  public var maximumResult: Int
  /// Seconds between looks at the grains.
  public var grainsRefresh: Int
  public var staticGrains: ValueMap
  public var functionDirectories: [String]
  public var logLevel: String
  public var logFormat: String
  /// What states need: `file_roots`, `pillar_roots` and the like.
  public var states: StateSettings

  /// Reads the configuration.
  ///
  /// - Throws: `ConfigurationError` with file and line.
  public init(directory: String) throws(ConfigurationError) {
    var file = try ConfigurationFile(directory: directory, name: "minion")
    self.directory = directory
    let isSystem = directory == "/etc/brine"
    master = try file.string("master", default: "")
    fleetPort = try file.int("fleet_port", default: 4510, in: 1...65_535)
    enrolPort = try file.int("enrol_port", default: 4511, in: 1...65_535)
    masterKey = try file.string("master_key", default: "")
    id = try file.string("id", default: Self.hostID())
    if MinionID(id) == nil {
      let place = file.place(of: "id")
      throw ConfigurationError(file: place.file, line: place.line, "the id '\(id)' may not be: \(MinionID.rule)")
    }
    stateDirectory = try file.string("state_dir", default: isSystem ? "/var/lib/brine-minion" : "\(directory)/state")
    cacheDirectory = try file.string("cache_dir", default: isSystem ? "/var/cache/brine" : "\(directory)/cache")
    let age = try file.string("cache_age", default: "30d")
    guard let seconds = DurationText.seconds(age), seconds >= 3600 else {
      let place = file.place(of: "cache_age")
      throw ConfigurationError(
        file: place.file, line: place.line, "'cache_age' is '\(age)'; it takes a span of time from 1h on, as 30d")
    }
    cacheAge = seconds
    cacheSize = try file.int("cache_max_mb", default: 4096, in: 0...(1 << 30)) << 20
    maximumWorkers = try file.int("max_workers", default: 8, in: 1...1000)
    maximumResult = try file.int("max_result_mb", default: 8, in: 1...15) << 20
    grainsRefresh = try file.int("grains_refresh", default: 600, in: 10...86_400)
    staticGrains = try file.map("grains")
    functionDirectories = try file.strings("function_dirs", default: ["\(directory)/functions.d"])
    logLevel = try file.choice("log_level", default: "info", of: ConfigurationFile.logLevels)
    logFormat = try file.choice("log_format", default: "text", of: ["text", "json"])
    states = try StateSettings(&file, isSystem: isSystem)
    try file.finish()
  }

  /// What functions may see of it.
  public var options: ValueMap {
    let own: ValueMap = [
      "id": .string(id), "master": .string(master), "conf_dir": .string(directory),
      "config_dir": .string(directory), "conf_file": .string("\(directory)/minion.yaml"),
      "state_dir": .string(stateDirectory), "cachedir": .string(cacheDirectory), "cache_dir": .string(cacheDirectory),
      "rotation_dir": .string("\(stateDirectory)/rotations"),
      "grains_file": .string("\(directory)/grains.d/90-set-by-jobs.yaml"),
      "function_dirs": .strings(functionDirectories), "max_workers": .int(Int64(maximumWorkers)),
      "log_level": .string(logLevel), "static_grains": .map(staticGrains), "grains": .map(staticGrains),
    ]
    return own.merging(states.options) { own, _ in own }
  }

  /// The host's full name, as the id unless one is configured.
  static func hostID() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, 255) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
