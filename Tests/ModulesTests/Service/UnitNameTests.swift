import Testing

@testable import Modules

@Suite struct UnitNameTests {
  @Test(arguments: [
    ("nginx", "nginx.service"), ("nginx.service", "nginx.service"), ("ssh.socket", "ssh.socket"),
    ("getty@tty1", "getty@tty1.service"), ("openvpn@a.b", "openvpn@a.b.service"), ("dev-sda1.swap", "dev-sda1.swap"),
    ("postgresql@15-main", "postgresql@15-main.service"),
    ("systemd-fsck@dev-a\\x2db", "systemd-fsck@dev-a\\x2db.service"),
  ]) func completes(_ name: String, _ unit: String) throws { #expect(try UnitName.canonical(name) == unit) }

  @Test(arguments: [
    "", "-H", "--root=/x", "a b", "a/b", "../x", "a;b", "a*", "a\n", "é", String(repeating: "a", count: 256),
  ])
  func refuses(_ name: String) { #expect(!UnitName.isValid(name)) }

  @Test(arguments: [("nginx.service", "nginx"), ("ssh.socket", "ssh.socket"), ("UNIT", nil), (".service", nil)])
  func shortens(_ unit: String, _ name: String?) { #expect(UnitName.short(unit) == name) }
}
