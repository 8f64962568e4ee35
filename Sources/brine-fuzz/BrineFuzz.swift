import Glibc

/// Runs parsers on damaged texts: `brine-fuzz SUBJECT --seconds N --seed S [--corpus DIR]… [--findings DIR]`.
///
/// What it was given last is in a file before it runs, so that a crash leaves its cause: the work is done by a child,
/// which the parent starts again after each finding.
@main struct BrineFuzz {
  @MainActor static func main() async {
    do {
      let options = try FuzzOptions(Array(CommandLine.arguments.dropFirst()))
      if options.isWorker {
        try await FuzzWorker(options).run()
      } else if let input = options.input {
        try await FuzzWorker(options).replay(input)
      } else {
        exit(try FuzzSupervisor(options).run() ? 0 : 1)
      }
    } catch {
      print("brine-fuzz: \(error)")
      exit(2)
    }
  }
}
