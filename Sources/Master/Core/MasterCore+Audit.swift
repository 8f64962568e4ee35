import HostSystem
import Store
import Value
import Wire

/// Lines of the audit log.
extension MasterCore {
  func verifyAuditLog(_ stream: StreamKey) throws(OperatorRefusal) {
    do { reply(stream, .value(try AuditReport.read("\(configuration.stateDirectory)/audit.log").value)) } catch {
      throw OperatorRefusal(.unavailable, "\(error)")
    }
  }

  func audit(_ who: String, _ what: String, _ details: ValueMap) throws(HostError) {
    try auditLog.append(who: who, what: what, details: details)
  }

  /// Reads leave a line too; it need not be on disk before the answer.
  func auditRead(_ action: OperatorRequest.Action, _ person: StoredOperator) throws(OperatorRefusal) {
    let what: String? =
      switch action {
      case .status: "status"
      case .match: "target.match"
      case .listJobs: "job.list"
      case .showJob: "job.show"
      case .jobResults: "job.results"
      case .watchJob: "job.watch"
      case .listKeys: "key.list"
      case .showKey: "key.show"
      case .grains: "grains.query"
      case .listOperators: "operator.list"
      case .verifyAuditLog: "audit.verify"
      case .events: "events"
      case .pillarKey: "pillar.key"
      case .run, .cancelJob, .invite, .decideKeys, .addOperator, .removeOperator, .endStream, .read, .showPillar,
        .rotatePillarKey, .removePillarKey, .resealPillar, .fileServer:
        nil
      }
    guard let what else { return }
    try auditOrRefuse(person.name, what, [:], isDurable: false)
  }

  /// Nothing that cannot be put into the audit log is done.
  func auditOrRefuse(
    _ who: String, _ what: String, _ details: ValueMap, isDurable: Bool = true
  ) throws(OperatorRefusal) {
    do { try auditLog.append(who: who, what: what, details: details, isDurable: isDurable) } catch {
      throw OperatorRefusal(.unavailable, "Nothing was done: the audit log cannot be written (\(error)).")
    }
  }
}
