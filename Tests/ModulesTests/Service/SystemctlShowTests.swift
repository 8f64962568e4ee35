import HostSystem
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct SystemctlShowTests {
  static let nginx = """
    Type=forking
    ExecStart={ path=/usr/sbin/nginx ; argv[]=/usr/sbin/nginx -g daemon on; master_process on; ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }
    Id=nginx.service
    After=basic.target network-online.target
    Environment=A=b=c
    Description=A high performance web server

    """

  @Test func readsTheProperties() {
    let map = SystemctlShow.value(Self.nginx.splitLines())
    #expect(map["Type"] == "forking")
    #expect(map["ExecStart"]?["path"] == "/usr/sbin/nginx")
    #expect(map["ExecStart"]?["argv[]"] == "/usr/sbin/nginx -g daemon on; master_process on;")
    #expect(map["ExecStart"]?["status"] == "0/0")
    #expect(map["After"] == ["basic.target", "network-online.target"])
    #expect(map["Environment"] == "A=b=c")
  }

  @Test func readsOddTextWithoutHarm() {
    #expect(SystemctlShow.value(["", "=x", "novalue", "K={", "L={ ; }", "M="])["M"] == "")
    #expect(SystemctlShow.structure("{ a ; b= ; =c }") == ["b": "", "": "c"])
  }

  @Test func readsListings() {
    let files = SystemctlList.unitFiles([
      "nginx.service   enabled enabled", "autovt@.service alias -", "ssh.socket disabled enabled", "x",
      "odd.thing enabled",
    ])
    #expect(files.map(\.name) == ["nginx", "autovt@", "ssh.socket"])
    #expect(files.map(\.state) == ["enabled", "alias", "disabled"])
    let units = SystemctlList.units(
      [
        "cron.service loaded active running Regular background program", "apparmor.service loaded active exited Load",
        "● bad.service loaded failed failed Bad", "dbus.socket loaded active running D-Bus", "short line",
      ], subState: "running")
    #expect(units == ["cron", "dbus.socket"])
  }
}
