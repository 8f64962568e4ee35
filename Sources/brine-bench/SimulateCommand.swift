import ArgumentParser
import Glibc
import Synchronization

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Plays a fleet: many sessions in few processes, answering jobs at once.",
    discussion: """
      Ends at SIGTERM. SIGUSR2 has results held back, SIGUSR1 releases them. Counters: brine-bench statistics.
      """)

  @OptionGroup var directory: BenchDirectory
  @Option(help: "How many minions.") var count: Int
  @Option(help: "Processes to spread them over: libzmq needs two descriptors a minion.") var processes = 1
  @Option(help: "The master's fleet port.") var port: Int
  @Option(help: "The master's address.") var host = "127.0.0.1"
  @Option(help: "Bytes of each returned value; 1 is true.") var valueBytes = 1
  @Option(help: "Ends after so many seconds in any case.") var seconds = 900
  @Flag(help: "Hold results back until SIGUSR1.") var hold = false
  @Option(help: .hidden) var slice: Int?

  func validate() throws {
    guard SimulatedFleet.sizes.contains(count) else {
      throw ValidationError("--count is 1 to \(SimulatedFleet.sizes.upperBound)")
    }
    guard (1...16).contains(processes) else { throw ValidationError("--processes is 1 to 16") }
    guard (1...65_535).contains(port) else { throw ValidationError("--port is 1 to 65535") }
    guard (1...1 << 20).contains(valueBytes) else { throw ValidationError("--value-bytes is 1 to 1048576") }
    guard (1...86_400).contains(seconds) else { throw ValidationError("--seconds is 1 to 86400") }
    if let slice, !(0..<processes).contains(slice) { throw ValidationError("--slice is below --processes") }
  }

  func run() throws {
    BenchSignals.install(holding: hold)
    if slice == nil { for slice in 0..<processes { unlink(directory.statistics(slice: slice)) } }
    if let slice { return try simulate(slice) }
    if processes == 1 { return try simulate(0) }
    try spread()
  }

  private func simulate(_ slice: Int) throws {
    let indices = Array(stride(from: slice, to: count, by: processes))
    let limit = DescriptorLimit.raise()
    let need = indices.count * 2 + 64
    guard need <= limit else {
      throw ValidationError("\(indices.count) minions need \(need) descriptors, not \(limit): use more --processes")
    }
    let context = SimulationContext(endpoint: "tcp://\(host):\(port)", valueSize: valueBytes)
    context.isHolding = hold
    let simulation = try Simulation(
      indices: indices, keys: try SimulatedFleet.keys(directory.keys, of: indices),
      masterKey: try directory.masterKey(), context: context, statisticsPath: directory.statistics(slice: slice))
    try simulation.run(seconds: seconds)
  }

  /// Starts one process a slice, passes signals on, and ends all when one ends.
  private func spread() throws {
    let arguments = Array(Swift.CommandLine.arguments.dropFirst())
    var children: [ChildProcess] = []
    defer { for child in children { child.end() } }
    for slice in 0..<processes {
      children.append(
        try ChildProcess("/proc/self/exe", ["brine-bench"] + arguments + ["--slice", "\(slice)"], isQuiet: false))
    }
    var isHolding = hold
    while !BenchSignals.isStopping.load(ordering: .relaxed) {
      Pause.milliseconds(20)
      let wish = BenchSignals.isHolding.load(ordering: .relaxed)
      if wish != isHolding {
        isHolding = wish
        for child in children { child.signal(wish ? SIGUSR2 : SIGUSR1) }
      }
      if children.contains(where: { !$0.isRunning }) {
        guard !BenchSignals.isStopping.load(ordering: .relaxed) else { return }
        throw ValidationError("a process of the simulated fleet ended")
      }
    }
  }
}
