public import Functions
import OrderedCollections
import Value
public import Wire

/// Runs one order's function and makes its result; used by workers, by the daemon for cheap reads, and by `call`.
public enum JobRun {
  /// - Parameters:
  ///   - maximumResult: a larger encoding is a failure that says so.
  public static func run(_ order: JobOrder, in context: FunctionContext, maximumResult: Int) async -> JobResult {
    let started = Moment.now()
    var context = context
    context.isTest = order.isTest
    context.jobID = order.id.text
    context.sealingKeys = Dictionary(
      order.sealingKeys.compactMap { name, key in key.bytesValue.map { (name.description, $0) } },
      uniquingKeysWith: { first, _ in first })
    let exit = ExitCode()
    context.reportExitCode = { exit.set($0) }
    // Pillar functions give out what they are asked for; they mask by themselves.
    let master = order.function.hasPrefix("pillar.") ? nil : context.master
    func result(_ outcome: JobOutcome, _ value: [UInt8]?, _ error: String?, _ code: Int64) -> JobResult {
      JobResult(
        id: order.id, outcome: outcome, encodedValue: value,
        error: error.map { JobResult.readableError(SecretRedaction(master?.secrets ?? []).redacted($0)) },
        exitCode: code, started: started, ended: .now())
    }
    do {
      let call = CallArguments(order.arguments, named: order.namedArguments)
      let value = try await context.registry.call(order.function, call, context)
      let bytes = MessagePackWriter.encode(SecretRedaction(master?.secrets ?? []).redacted(value))
      guard bytes.count <= maximumResult else {
        return result(
          .failed, nil,
          "\(order.function) ran, but its return value of \(bytes.count) bytes is over the limit of \(maximumResult) "
            + "(max_result_mb in minion.yaml)", 1)
      }
      let code = Int64(exit.value)
      return result(code == 0 ? .returned : .failed, bytes, nil, code)
    } catch let error as FunctionError {
      let isRefusal = error.code == .badArguments || error.code == .unknownFunction
      return result(
        isRefusal ? .refused : .failed, nil, error.description, exit.value == 0 ? 1 : Int64(exit.value))
    } catch { return result(.failed, nil, "\(error)", 1) }
  }
}
