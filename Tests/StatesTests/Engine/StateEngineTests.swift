import Functions
import OrderedCollections
import Testing
import Value

@testable import States

@Suite struct StateEngineTests {
  private let host: TreeHost

  init() throws {
    host = try TreeHost([
      "states/top.sls": "base:\n  '*':\n    - a\n",
      "states/a.sls": "include: [b]\na:\n  test.nop:\n    - require: [test: b]\n",
      "states/b.sls": "b:\n  test.change: []\n", "states/bad.sls": "x:\n  test.fail: []\ny:\n  test.nop\n",
      "states/broken.sls": "x:\n  test.nop:\n    - require: [test: gone]\n", "states/empty.sls": "",
      "states/listen.sls": "l:\n  test.nop:\n    - listen: [test: gone]\n",
      "dev/only.sls": "d:\n  test.nop\n",
      "pillar/top.sls": "base:\n  '*': [p]\n", "pillar/p.sls": "key: value\n",
    ])
  }

  private func tags(_ value: Value) -> [String] { value.mapValue?.keys.map(\.description) ?? [] }

  @Test func appliesTheTopFile() async throws {
    let value = try await host.engine().applyHighState()
    #expect(tags(value) == ["test_|-b_|-b_|-change", "test_|-a_|-a_|-nop"])
    #expect(host.exitCode == 0)
    #expect(value["test_|-b_|-b_|-change"]?["changes"] == ["new": "x"])
    #expect(host.progress.first == "state 1 of 2: b")
  }

  @Test func testModeIsTheSamePlan() async throws {
    let value = try await host.engine(StateRequest(isTest: true)).apply(["a"])
    #expect(value["test_|-b_|-b_|-change"]?["result"] == .null)
    #expect(tags(value).count == 2)
    let configured = try await host.engine(StateRequest(), ["test": true]).apply(["b"])
    #expect(configured["test_|-b_|-b_|-change"]?["result"] == .null)
    let real = try await host.engine(StateRequest(isTest: false), ["test": true]).apply(["b"])
    #expect(real["test_|-b_|-b_|-change"]?["result"] == true)
  }

  @Test func exitCodes() async throws {
    _ = try await host.engine().apply(["bad"])
    #expect(host.exitCode == 2)
    let refused = try await host.engine().apply(["broken"])
    #expect(host.exitCode == 1)
    #expect(refused.listValue?.count == 1)
    let missing = try await host.engine().apply(["nope"])
    #expect(missing[0]?.description.hasPrefix("No matching sls found for 'nope' in env 'base'") == true)
    _ = try await host.engine().apply(["empty"])
    #expect(host.exitCode == 2)
  }

  @Test func aListenThatNamesNothingFailsAtTheEnd() async throws {
    let value = try await host.engine().apply(["listen"])
    #expect(tags(value).last == "Listen_Error_|-listen_gone_|-listen_test_|-Listen_Error")
    #expect(host.exitCode == 2)
  }

  @Test func excludesAndTerse() async throws {
    var request = StateRequest(exclude: ["b"])
    #expect(tags(try await host.engine(request).apply(["b", "bad"])).count == 2)
    request.exclude = [["id": "x"]]
    request.isTerse = true
    #expect(tags(try await host.engine(request).apply(["a", "bad"])) == ["test_|-b_|-b_|-change"])
  }

  @Test func oneIdBringsWhatItRequires() async throws {
    #expect(
      tags(try await host.engine().apply(id: "a", of: ["a"])) == ["test_|-b_|-b_|-change", "test_|-a_|-a_|-nop"])
    #expect(tags(try await host.engine().apply(id: "b", of: ["a"])) == ["test_|-b_|-b_|-change"])
    await #expect(throws: FunctionError.self) { try await host.engine().apply(id: "zz", of: ["a"]) }
  }

  @Test func singleStates() async throws {
    let value = try await host.engine().single("test.change", name: "foo", arguments: ["comment": "hi"])
    #expect(value["test_|-foo_|-foo_|-change"]?["comment"] == "hi")
    #expect(value["test_|-foo_|-foo_|-change"]?["__sls__"] == .null)
    #expect(
      try await host.engine().single("nope.x", name: "n", arguments: [:]) == ["Specified state 'nope.x' was not found"])
    #expect(try await host.engine().single("nope", name: "n", arguments: [:]) == "Invalid function passed")
    #expect(try await host.engine().low(["state": "test", "fun": "nop", "name": "n"])["comment"] == "done")
  }

  @Test func textsAndFiles() async throws {
    #expect(tags(try await host.engine().apply(template: "x: {test.nop: []}")) == ["test_|-x_|-x_|-nop"])
    #expect(tags(try await host.engine().apply(file: "\(host.base)/states/b")) == ["test_|-b_|-b_|-change"])
    #expect(tags(try await host.engine().apply(high: ["x": ["test": ["nop"]]])) == ["test_|-x_|-x_|-nop"])
  }

  @Test func shows() async throws {
    let engine = try await host.engine()
    #expect(try await engine.showTop() == ["base": ["a"]])
    #expect(try await engine.showStates() == ["b", "a"])
    #expect(try await engine.showLowState().listValue?.map { $0["__id__"] ?? .null } == ["b", "a"])
    #expect(try await engine.showSLS(["b"])["b"]?["__sls__"] == "b")
    #expect(try await engine.exists(["a", "b"]))
    #expect(try await engine.exists(["a", "nope"]) == false)
    #expect(try await engine.declares(["a", "b"], in: ["a"]))
    #expect(try await engine.declares(["zz"], in: ["a"]) == false)
  }

  @Test func otherEnvironments() async throws {
    var request = StateRequest()
    request.environment = "dev"
    #expect(tags(try await host.engine(request).apply(["only"])) == ["test_|-d_|-d_|-nop"])
  }

  @Test func noTopFile() async throws {
    let bare = try TreeHost([:])
    let value = try await bare.engine().applyHighState()
    #expect(value["no_|-states_|-states_|-None"]?["result"] == false)
    #expect(bare.exitCode == 2)
  }

  @Test func anotherRunIsWaitedForOrRefused() async throws {
    let lock = StateLock(directory: "\(host.base)/state", job: "other", function: "state.sls")
    let hold = try await lock.acquire(isWaiting: true) { _ in }
    var request = StateRequest()
    request.isWaiting = false
    let refused = try await host.engine(request).apply(["b"])
    #expect(refused[0]?.description.hasPrefix("The function \"state.sls\" is running as PID ") == true)
    #expect(host.exitCode == 1)
    #expect(StateEngine.running(host.context()).count == 1)
    async let waiting = host.engine().apply(["b"])
    while !host.progress.contains(where: { $0.hasPrefix("waiting for state.sls of job other") }) {
      try await Task.sleep(for: .milliseconds(10))
    }
    hold?.release()
    #expect(tags(try await waiting).count == 1)
    #expect(StateEngine.running(host.context()).isEmpty)
  }
}
