import Value

/// Who started a process and can start it again, by its control group.
enum ProcessOwner: Sendable, Hashable {
  /// A unit of this host's systemd.
  case unit(String)
  /// systemd itself.
  case manager
  /// Somebody's login, or the services of a user's own systemd.
  case session(String)
  /// A container or another machine on this kernel; its processes are its own affair.
  case container(String)
  case unknown

  /// From `/proc/PID/cgroup`: systemd's own hierarchy where there is one, else the unified one.
  ///
  /// Only slices from the top down lead to a unit of this host: `/NAME/system.slice/nginx.service` is the nginx of a
  /// container, whose name must not be mistaken for the host's own.
  init(cgroup text: String) {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }
    let line =
      lines.first { $0.count == 3 && $0[1] == "name=systemd" }
      ?? lines.first { $0.count == 3 && $0[0] == "0" && $0[1].isEmpty }
    guard let path = line?[2] else {
      self = .unknown
      return
    }
    let parts = path.split(separator: "/")
    guard let first = parts.first else {
      self = .unknown
      return
    }
    let rest = parts.drop { $0.hasSuffix(".slice") }
    if first == "init.scope" {
      self = .manager
    } else if first == "user.slice" {
      self = .session(String(parts.first { $0.hasSuffix(".scope") || $0.hasPrefix("user@") } ?? parts[parts.count - 1]))
    } else if first == "machine.slice" || !(first.hasSuffix(".slice") || first.hasSuffix(".service"))
      || path.contains("/../")
    {
      self = .container(String(path))
    } else if let unit = rest.first, unit.hasSuffix(".service"), UnitName.isValid(String(unit)) {
      self = .unit(String(unit))
    } else {
      self = .unknown
    }
  }

  var kind: String {
    switch self {
    case .unit: "unit"
    case .manager: "systemd"
    case .session: "session"
    case .container: "container"
    case .unknown: "other"
    }
  }

  var name: Value {
    switch self {
    case .unit(let name), .session(let name), .container(let name): .string(name)
    case .manager, .unknown: .null
    }
  }
}
