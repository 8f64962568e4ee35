import Functions
import OrderedCollections
import Value

/// Brings what a service does at boot to where a state wants it.
struct BootSetting: Sendable {
  /// Where the service stands, which the sentences speak of.
  enum Situation: Sendable, Hashable {
    case started, dead
    /// As it should be.
    case desired
  }

  var name: String
  var isEnabled: Bool
  var situation: Situation
  /// The result where nothing about the boot fails.
  var result = true
  var options = ServiceOptions()
  var provider: any ServiceProvider
  var isTest: Bool

  /// - Returns: what replaces the state's result, comment and, where they are not nil, changes.
  func apply() async -> (result: Bool?, comment: String, changes: ValueMap?) {
    do {
      guard try await provider.isAvailable(name) else { return (!isEnabled, ServiceStates.unavailable(name), nil) }
      let before = try await provider.isEnabled(name)
      let word = isEnabled ? "enabled" : "disabled"
      if before == isEnabled {
        return (result, "Service \(name) is already \(word), and is \(place)", situation == .desired ? [:] : nil)
      }
      if isTest { return (nil, "Service \(name) set to be \(word)", nil) }
      do { try await provider.setEnabled(isEnabled, name, options: options) } catch {
        return (false, failure(error), nil)
      }
      let changes: ValueMap = try await provider.isEnabled(name) == before ? [:] : [.string(name): true]
      return (result, "Service \(name) has been \(word), and is \(place)", changes)
    } catch {
      return (false, ServiceStates.reason(error), nil)
    }
  }

  private var place: String {
    switch situation {
    case .started: "running"
    case .dead: "dead"
    case .desired: "in the desired state"
    }
  }

  private func failure(_ error: any Error) -> String {
    let what = "Failed when setting service \(name) to \(isEnabled ? "start" : "not start") at boot"
    let place =
      switch situation {
      case .started: isEnabled ? ", but the service is running" : ", and is running"
      case .dead: ", and the service is dead"
      case .desired: ", but the service was already running"
      }
    return "\(what)\(place). Additional information follows:\n\n\(ServiceStates.reason(error))"
  }
}
