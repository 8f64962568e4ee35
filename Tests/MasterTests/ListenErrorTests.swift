import Testing
import ZeroMQ

@testable import Master

@Suite struct ListenErrorTests {
  @Test func aPortInUseNamesItsSetting() throws {
    let context = ZMQContext()
    let first = try ZMQSocket(.router, in: context)
    try first.bind("tcp://127.0.0.1:*")
    let second = try ZMQSocket(.router, in: context)
    let error = #expect(throws: ZMQError.self) { try second.bind(first.lastEndpoint) }
    let text = try ListenError(#require(error), setting: "fleet_port").description
    #expect(text.hasPrefix("cannot listen on \(first.lastEndpoint): Address already in use ("))
    #expect(text.contains("or set another fleet_port)"))
  }

  @Test func anAddressThatIsNotTheHostsNamesBothSettings() throws {
    let context = ZMQContext()
    let socket = try ZMQSocket(.router, in: context)
    let error = #expect(throws: ZMQError.self) { try socket.bind("tcp://192.0.2.1:4510") }
    let text = try ListenError(#require(error), setting: "enrol_port").description
    #expect(text.hasSuffix("(enrol_port and interface of master.yaml say where it listens)"))
  }
}
