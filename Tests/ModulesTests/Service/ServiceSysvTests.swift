import Functions
import HostSystem
import OrderedCollections
import Testing
import Value

@Suite struct ServiceSysvTests {
  private func host(programs: Set<String> = ["service", "update-rc.d"], _ answers: [String: CommandResult]) throws
    -> ServiceTestHost
  {
    let host = ServiceTestHost(grains: ["init": "sysvinit"], programs: programs, answers)
    try host.addScript("nginx", link: "S01nginx")
    try host.addScript("cron", link: "K01cron")
    return host
  }

  @Test(arguments: [(0, true), (1, false), (2, false), (3, false)] as [(Int32, Bool)])
  func readsTheStatusAsLSB(_ code: Int32, _ isRunning: Bool) async throws {
    let host = try host(["service nginx status": CommandResult(exit: code)])
    #expect(try await host.call("service.status", ["nginx"]) == .bool(isRunning))
  }

  @Test func anUnknownStatusIsAnError() async throws {
    let host = try host(["service nginx status": CommandResult(exit: 4, "", error: "cannot tell\n")])
    #expect(await host.error("service.status", ["nginx"])?.message.contains("cannot tell") == true)
    #expect(try await host.call("service.status", ["nosuch"]) == false)
  }

  @Test func startsAndExplainsFailure() async throws {
    let host = try host([
      "service nginx restart": CommandResult(exit: 0),
      "service cron start": CommandResult(exit: 1, "Starting cron: failed!\n"),
    ])
    #expect(try await host.call("service.restart", ["nginx"]) == true)
    let error = await host.error("service.start", ["cron"])
    #expect(error?.code == .failed)
    #expect(error?.message.contains("Starting cron: failed!") == true)
    #expect(await host.error("service.start", ["nosuch"])?.code == .notFound)
  }

  @Test func startsScriptsItselfWithoutService() async throws {
    let host = try host(programs: [], ["/etc/init.d/nginx stop": CommandResult(exit: 0)])
    #expect(try await host.call("service.stop", ["nginx"]) == true)
    #expect(host.lines == ["/etc/init.d/nginx stop"])
  }

  @Test func enablesThroughTheToolThatIsThere() async throws {
    let debian = try host(["update-rc.d": CommandResult(exit: 0)])
    #expect(try await debian.call("service.enable", ["cron"]) == true)
    #expect(debian.lines == ["update-rc.d cron defaults", "update-rc.d cron enable"])
    let redHat = try host(programs: ["chkconfig"], ["chkconfig": CommandResult(exit: 0)])
    #expect(try await redHat.call("service.disable", ["cron"]) == true)
    #expect(redHat.lines == ["chkconfig cron off"])
    let none = try host(programs: [], [:])
    #expect(await none.error("service.enable", ["cron"])?.code == .unavailable)
  }

  @Test func listsByLinks() async throws {
    let host = try host([
      "service nginx status": CommandResult(exit: 0), "service cron status": CommandResult(exit: 3),
    ])
    try host.files.write("/etc/init.d/README", text: "", mode: 0o755)
    try host.files.write("/etc/init.d/notexecutable", text: "", mode: 0o644)
    #expect(try await host.call("service.get_all") == ["cron", "nginx"])
    #expect(try await host.call("service.get_enabled") == ["nginx"])
    #expect(try await host.call("service.get_disabled") == ["cron"])
    #expect(try await host.call("service.get_running") == ["nginx"])
    #expect(try await host.call("service.get_static") == [])
    #expect(try await host.call("service.available", ["nginx"]) == true)
    #expect(try await host.call("service.missing", ["nosuch"]) == true)
  }

  @Test(arguments: ["-x", "../nginx", "a b", "nginx;id", ".hidden"])
  func refusesWhatIsNoScriptName(_ name: String) async throws {
    let host = try host([:])
    #expect(await host.error("service.start", [.string(name)])?.code == .badArguments)
    #expect(host.lines.isEmpty)
  }

  @Test func choosesTheInitSystem() async throws {
    let none = ServiceTestHost(grains: [:], programs: [], [:])
    #expect(await none.error("service.status", ["nginx"])?.code == .unavailable)
    let byDirectory = ServiceTestHost(grains: [:], ["systemctl is-active": CommandResult(exit: 0, "active\n")])
    try byDirectory.files.makeDirectory("/run/systemd/system")
    #expect(try await byDirectory.call("service.status", ["nginx"]) == true)
  }
}
