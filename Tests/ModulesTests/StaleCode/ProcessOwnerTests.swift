import Testing

@testable import Modules

@Suite struct ProcessOwnerTests {
  @Test(
    arguments: [
      ("0::/system.slice/nginx.service\n", .unit("nginx.service")),
      ("0::/system.slice/system-getty.slice/getty@tty1.service\n", .unit("getty@tty1.service")),
      ("0::/web.slice/nginx.service/worker\n", .unit("nginx.service")),
      ("4:memory:/other\n1:name=systemd:/system.slice/ssh.service\n0::/wrong\n", .unit("ssh.service")),
      ("0::/init.scope\n", .manager),
      ("0::/user.slice/user-1000.slice/session-3.scope\n", .session("session-3.scope")),
      ("0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.service\n", .session("user@1000.service")),
      ("0::/machine.slice/libpod-1.scope/container\n", .container("/machine.slice/libpod-1.scope/container")),
      // A container's nginx is not this host's nginx.
      ("0::/lxc/web/system.slice/nginx.service\n", .container("/lxc/web/system.slice/nginx.service")),
      ("0::/../../system.slice/nginx.service\n", .container("/../../system.slice/nginx.service")),
      ("0::/system.slice/docker-abc.scope\n", .unknown),
      ("0::/system.slice/-x.service\n", .unknown),
      ("0::/\n", .unknown), ("", .unknown), ("garbage", .unknown),
    ] as [(String, ProcessOwner)])
  func ownerIsReadFromTheControlGroup(text: String, owner: ProcessOwner) {
    #expect(ProcessOwner(cgroup: text) == owner)
  }

  @Test(arguments: [
    ("dbus.service", true), ("systemd-logind.service", true), ("user@1000.service", true),
    ("brine-minion.service", true),
    ("NetworkManager-dispatcher.service", true), ("getty@tty1.service", true), ("nginx.service", false),
    ("ssh.service", false), ("systemd-journald.service", false), ("postgresql@15-main.service", true),
  ])
  func protectedUnits(unit: String, isProtected: Bool) {
    #expect(ProtectedUnits.contains(unit, also: ["postgresql*"]) == isProtected)
  }
}
