import Glibc
import HostSystemTesting
import TestSupport
import Testing

@testable import HostSystem

@Suite struct ProcessTreeTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()

  init() throws { directory = try TemporaryDirectory() }

  private func isRunning(_ process: Int32) -> Bool {
    guard let line = files.firstLine("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return false }
    return line[line.index(after: end)...].split(separator: " ").first != "Z"
  }

  @Test func aWholeTreeIsEnded() async throws {
    // A child in a session of its own that ignores SIGTERM, and a grandchild.
    let script = """
      setsid sh -c 'trap "" TERM; sleep 60 & echo $$ $! > tree.new; mv tree.new tree; wait; sleep 60' &
      echo $$ > root
      wait; sleep 60
      """
    var command = Command("sh", "-c", script)
    command.workingDirectory = directory.path
    async let running = SubprocessRunner().run(command)
    let line = try await eventually("the tree stands") { files.firstLine(directory.path("tree")) }
    let root = try #require(files.firstLine(directory.path("root")).flatMap { Int32($0) })
    let tree = line.fields().compactMap { Int32($0) }
    #expect(tree.count == 2)
    #expect(Set(ProcessTree.descendants(of: root)).isSuperset(of: tree))
    await ProcessTree.end(root, grace: .milliseconds(200))
    #expect(try await running.ending == .signalled(SIGKILL))
    for process in tree { try await eventually("\(process) ends") { isRunning(process) ? nil : true } }
    #expect(ProcessTree.descendants(of: root).isEmpty)
  }
}
