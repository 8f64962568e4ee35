public import Configuration
import Targeting
public import Value

/// `master.yaml` with its drop-ins.
public struct MasterConfiguration: Sendable {
  /// Address that the fleet and enrolment sockets listen on.
  public var interface: String
  public var fleetPort: Int
  public var enrolPort: Int
  /// TCP for operators who are not on the master; 0 is off.
  public var operatorPort: Int
  public var stateDirectory: String
  public var runDirectory: String
  public var configurationDirectory: String
  /// Seconds between a minion's heartbeats.
  public var heartbeat: Int
  /// Seconds that complete jobs are kept.
  public var keepJobs: Int
  public var roles: [Role]
  /// Operators that new secrets are sealed to besides the one who asked.
  public var sealTo: [String]
  /// Named target expressions: text (compound) or lists of ids.
  public var nodegroups: ValueMap
  /// How pillar is compiled.
  public var pillar: PillarSettings
  /// What the file server serves.
  public var files: FileServerSettings
  public var logLevel: String
  public var logFormat: String

  /// Reads the configuration.
  ///
  /// - Throws: `ConfigurationError` with file and line.
  public init(directory: String) throws(ConfigurationError) {
    var file = try ConfigurationFile(directory: directory, name: "master")
    configurationDirectory = directory
    // Everything of a master with a directory of its own stays below it.
    let isSystem = directory == "/etc/brine"
    interface = try file.string("interface", default: "0.0.0.0")
    fleetPort = try file.int("fleet_port", default: 4510, in: 0...65_535)
    enrolPort = try file.int("enrol_port", default: 4511, in: 0...65_535)
    operatorPort = try file.int("operator_port", default: 0, in: 0...65_535)
    stateDirectory = try file.string("state_dir", default: isSystem ? "/var/lib/brine" : "\(directory)/state")
    runDirectory = try file.string("run_dir", default: isSystem ? "/run/brine" : "\(directory)/run")
    heartbeat = try file.int("heartbeat", default: 30, in: 1...3600)
    let keep = try file.string("keep_jobs", default: "30d")
    guard let seconds = DurationText.seconds(keep), seconds >= 3600 else {
      let place = file.place(of: "keep_jobs")
      throw ConfigurationError(
        file: place.file, line: place.line,
        "'keep_jobs' is '\(keep)'; it takes a span of time from 1h on, as 12h or 30d")
    }
    keepJobs = seconds
    nodegroups = try Self.nodegroups(&file)
    roles = try Self.roles(&file, nodegroups)
    sealTo = try file.strings("seal_to")
    pillar = try PillarSettings(&file, directory: directory, isSystem: isSystem)
    files = try FileServerSettings(&file, defaultRoot: isSystem ? "/srv/brine/states" : "\(directory)/states")
    logLevel = try file.choice("log_level", default: "info", of: ConfigurationFile.logLevels)
    logFormat = try file.choice("log_format", default: "text", of: ["text", "json"])
    try file.finish()
  }

  /// A group that names another one that does not exist would be found out by whoever uses it.
  private static func nodegroups(_ file: inout ConfigurationFile) throws(ConfigurationError) -> ValueMap {
    let groups = try file.map("nodegroups")
    let place = file.place(of: "nodegroups")
    for name in groups.keys {
      do { _ = try Target.parse(kind: .nodegroup, text: name.description, nodegroups: groups) } catch {
        throw ConfigurationError(file: place.file, line: place.line, "nodegroup '\(name)': \(error)")
      }
    }
    return groups
  }

  /// What is to be said of names in `seal_to` that nobody has. Somebody may be added later, so it is no error; but no
  /// secret is sealed to a misspelt name.
  public func sealProblems(operators: [String]) -> [String] {
    sealTo.filter { !operators.contains($0) }.map { name in
      let near = NearestName.candidates(for: name, among: operators).first.map { "; did you mean '\($0)'?" } ?? ""
      return "seal_to names '\(name)', who is no operator: no secret is sealed to that name\(near)"
    }
  }

  private static func roles(
    _ file: inout ConfigurationFile, _ nodegroups: ValueMap
  ) throws(ConfigurationError) -> [Role] {
    let table = try file.map("roles")
    let place = file.place(of: "roles")
    func strings(_ value: Value?) -> [String] {
      value?.listValue?.map(\.description) ?? value.map { [$0.description] } ?? []
    }
    var roles: [Role] = []
    for (name, body) in table {
      func refuse(_ message: String) -> ConfigurationError {
        ConfigurationError(file: place.file, line: place.line, "role '\(name)': \(message)")
      }
      if name.description == Role.admin.name { throw refuse("it is built in and cannot be changed") }
      guard let body = body.mapValue else { throw refuse("it is no mapping of targets and functions") }
      let known = ["targets", "functions", "keys", "operators", "pillar", "all_jobs"]
      if let unknown = body.keys.first(where: { !known.contains($0.description) }) {
        throw refuse("there is no setting '\(unknown)'; there are \(known.joined(separator: ", "))")
      }
      for flag in ["keys", "operators", "pillar", "all_jobs"] {
        if let value = body[flag], value.boolValue == nil { throw refuse("'\(flag)' is true or false") }
      }
      roles.append(
        Role(
          name: name.description, targets: strings(body["targets"]), functions: strings(body["functions"]),
          mayManageKeys: body["keys"]?.boolValue ?? false, mayManageOperators: body["operators"]?.boolValue ?? false,
          mayReadPillar: body["pillar"]?.boolValue ?? false, seesAllJobs: body["all_jobs"]?.boolValue ?? false))
      for target in roles[roles.count - 1].targets {
        do { _ = try Target.parse(kind: .compound, text: target, nodegroups: nodegroups) } catch {
          throw refuse("its target cannot be read:\n\(error)")
        }
      }
    }
    return roles
  }
}
