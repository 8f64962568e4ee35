import Functions
import Glibc
import HostSystem
import OrderedCollections
import Testing
import Value

@Suite struct ServiceSystemdTests {
  private static let loaded = CommandResult(exit: 0, "LoadState=loaded\nActiveState=active\nNeedDaemonReload=no\n")
  private static let active = CommandResult(exit: 0, "ActiveState=active\nSubState=running\n")
  private static let loadedQuery = "systemctl show -p LoadState -p ActiveState -p NeedDaemonReload"

  @Test func givesTheStatus() async throws {
    let host = ServiceTestHost([
      "systemctl is-active -- nginx.service": CommandResult(exit: 0, "active\n"),
      "systemctl is-active -- nosuch.service": CommandResult(exit: 4, "inactive\n"),
    ])
    #expect(try await host.call("service.status", ["nginx"]) == true)
    #expect(try await host.call("service.status", ["nosuch"]) == false)
  }

  @Test func givesTheStatusOfAPattern() async throws {
    let host = ServiceTestHost([
      "systemctl list-unit-files": CommandResult(
        exit: 0,
        "ssh.service enabled enabled\nssh@.service static -\nsshd.service alias -\ncron.service enabled enabled\n"),
      "systemctl is-active -- ssh.service sshd.service": CommandResult(exit: 3, "active\ninactive\n"),
    ])
    #expect(try await host.call("service.status", ["ssh*"]) == ["ssh": true, "ssh@": false, "sshd": false])
  }

  /// As Salt lists them: no slices and scopes, and an init script by its links though systemd made a unit of it.
  @Test func listsWhatStartsAtBoot() async throws {
    let host = ServiceTestHost([
      "systemctl list-unit-files": CommandResult(
        exit: 0,
        "web.service enabled enabled\nold.service generated -\nmachine.slice static -\ninit.scope static -\n"
          + "off.socket disabled enabled\n")
    ])
    try host.addScript("old", link: "S01old")
    try host.addScript("older")
    #expect(try await host.call("service.get_enabled") == ["old", "web"])
    #expect(try await host.call("service.get_disabled") == ["off.socket", "older"])
    #expect(try await host.call("service.get_static") == [])
  }

  @Test func aSilentSystemdIsAnErrorAndNotStopped() async throws {
    let host = ServiceTestHost([
      "systemctl is-active": CommandResult(exit: 1, "", error: "Failed to connect to bus: Host is down\n")
    ])
    #expect(await host.error("service.status", ["nginx"])?.code == .unavailable)
  }

  @Test func restartsAndLooksWhetherItStaysUp() async throws {
    let host = ServiceTestHost([
      Self.loadedQuery: Self.loaded, "systemctl restart -- nginx.service": CommandResult(exit: 0),
      "systemctl show -p ActiveState -p SubState -- nginx.service": Self.active,
    ])
    #expect(try await host.call("service.restart", ["nginx"]) == true)
    #expect(host.lines.contains("systemctl restart -- nginx.service"))
  }

  @Test func tellsWhyAStartFailed() async throws {
    let host = ServiceTestHost([
      Self.loadedQuery: Self.loaded,
      "systemctl restart": CommandResult(
        exit: 1, "",
        error: "Job for nginx.service failed because the control process exited with error code.\n"),
      "systemctl show -p ActiveState -p SubState -p Result": CommandResult(
        exit: 0, "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainStatus=1\nExecMainCode=1\n"),
      "journalctl -u nginx.service -n 15 --no-pager": CommandResult(
        exit: 0, "Nov 24 web1 nginx[812]: nginx: [emerg] unknown directive \"serverr\" in /etc/nginx/nginx.conf:3\n"),
    ])
    let error = await host.error("service.restart", ["nginx"])
    #expect(error?.code == .failed)
    for part in [
      "failed (failed)", "result exit-code", "exit status 1", "unknown directive \"serverr\"", "Job for nginx",
    ] {
      #expect(error?.message.contains(part) == true, "\(part)")
    }
  }

  @Test func aServiceThatDiesAtOnceIsAFailure() async throws {
    let host = ServiceTestHost([
      Self.loadedQuery: Self.loaded, "systemctl start": CommandResult(exit: 0),
      "systemctl --no-block start": CommandResult(exit: 0),
      "systemctl show -p ActiveState -p SubState": CommandResult(
        exit: 0, "ActiveState=activating\nSubState=auto-restart\nResult=exit-code\n"),
    ])
    #expect(await host.error("service.start", ["app"])?.message.contains("auto-restart") == true)
    // Without waiting there is nothing to look at.
    #expect(try await host.call("service.start", ["app"], ["no_block": true]) == true)
    #expect(host.lines.contains("systemctl --no-block start -- app.service"))
  }

  @Test func tellsUnknownFromMasked() async throws {
    let host = ServiceTestHost([
      "\(Self.loadedQuery) -- nosuch.service": CommandResult(exit: 0, "LoadState=not-found\nActiveState=inactive\n"),
      "\(Self.loadedQuery) -- dead.service": CommandResult(exit: 0, "LoadState=masked\nActiveState=inactive\n"),
      "systemctl stop": CommandResult(exit: 0),
    ])
    #expect(await host.error("service.start", ["nosuch"])?.code == .notFound)
    #expect(await host.error("service.start", ["dead"])?.hint?.contains("unmask") == true)
    // A mask forbids starting, not stopping.
    #expect(try await host.call("service.stop", ["dead"]) == true)
    #expect(!host.lines.contains { $0.contains(" start ") })
  }

  @Test func unmasksWhenAsked() async throws {
    let host = ServiceTestHost([
      Self.loadedQuery: Self.loaded, "systemctl unmask -- nginx.service": CommandResult(exit: 0),
      "systemctl start": CommandResult(exit: 0), "systemctl show -p ActiveState": Self.active,
    ])
    try host.files.makeDirectory("/etc/systemd/system")
    #expect(symlink("/dev/null", host.root + "/etc/systemd/system/nginx.service") == 0)
    #expect(try await host.call("service.masked", ["nginx"]) == true)
    #expect(try await host.call("service.masked", ["nginx"], ["runtime": true]) == false)
    #expect(try await host.call("service.start", ["nginx"], ["unmask": true]) == true)
    #expect(host.lines.first == "systemctl unmask -- nginx.service")
  }

  @Test func readsChangedUnitFilesFirst() async throws {
    let host = ServiceTestHost([
      Self.loadedQuery: CommandResult(exit: 0, "LoadState=loaded\nNeedDaemonReload=yes\n"),
      "systemctl daemon-reload": CommandResult(exit: 0), "systemctl reload": CommandResult(exit: 0),
      "systemctl show -p ActiveState": Self.active,
    ])
    #expect(try await host.call("service.reload", ["nginx"]) == true)
    #expect(host.lines[1] == "systemctl daemon-reload")
    #expect(host.lines[2] == "systemctl reload -- nginx.service")
  }

  @Test func testModeOnlyLooks() async throws {
    let host = ServiceTestHost([Self.loadedQuery: Self.loaded])
    for function in ["service.start", "service.stop", "service.restart", "service.enable", "service.disable"] {
      #expect(try await host.call(function, ["nginx"], isTest: true) == true)
    }
    #expect(host.lines.allSatisfy { $0.hasPrefix("systemctl show ") })
  }

  @Test(arguments: ["--root=/tmp/x", "-H", "a b", "../x", "a;reboot"])
  func refusesOptionsForNames(_ name: String) async throws {
    let host = ServiceTestHost()
    for function in ["service.start", "service.enabled", "service.show", "service.mask", "service.available"] {
      #expect(await host.error(function, [.string(name)])?.code == .badArguments, "\(function)")
    }
    #expect(host.lines.isEmpty)
  }

  @Test func tellsWhatStartsAtBoot() async throws {
    let host = ServiceTestHost([
      "systemctl is-enabled -- nginx.service": CommandResult(exit: 0, "enabled\n"),
      "systemctl is-enabled -- off.service": CommandResult(exit: 1, "disabled\n"),
      "systemctl is-enabled -- sshd.service": CommandResult(exit: 0, "alias\n"),
      "systemctl show -p Id -- sshd.service": CommandResult(exit: 0, "Id=ssh.service\n"),
      "systemctl is-enabled -- ssh.service": CommandResult(exit: 1, "disabled\n"),
      "systemctl is-enabled -- old.service": CommandResult(
        exit: 1, "", error: "Failed to get unit file state for old.service: No such file or directory\n"),
    ])
    try host.addScript("old", link: "S01old")
    #expect(try await host.call("service.enabled", ["nginx"]) == true)
    #expect(try await host.call("service.disabled", ["off"]) == true)
    #expect(try await host.call("service.enabled", ["sshd"]) == false)
    #expect(try await host.call("service.enabled", ["old"]) == true)
  }

  @Test func lists() async throws {
    let host = ServiceTestHost([
      "systemctl list-unit-files": CommandResult(
        exit: 0, "nginx.service enabled enabled\nssh.socket disabled enabled\ndbus.service static -\n"),
      "systemctl list-units": CommandResult(exit: 0, "nginx.service loaded active running A web server\n"),
    ])
    try host.addScript("old", link: "K01old")
    #expect(try await host.call("service.get_all") == ["dbus", "nginx", "old", "ssh.socket"])
    #expect(try await host.call("service.get_running") == ["nginx"])
    #expect(try await host.call("service.get_enabled") == ["nginx"])
    #expect(try await host.call("service.get_disabled") == ["old", "ssh.socket"])
    #expect(try await host.call("service.get_static") == ["dbus"])
  }

  @Test func listsPrograms() async throws {
    let host = ServiceTestHost([
      "systemctl list-unit-files": CommandResult(
        exit: 0, "a.service enabled -\nb.service static -\ngetty@.service static -\n"),
      "systemctl show -p Id -p ExecStart -- a.service b.service": CommandResult(
        exit: 0, "Id=a.service\nExecStart={ path=/bin/a ; argv[]=/bin/a -x ; pid=0 }\n\nId=b.service\n"),
    ])
    #expect(try await host.call("service.execs") == ["a": "/bin/a"])
  }
}
