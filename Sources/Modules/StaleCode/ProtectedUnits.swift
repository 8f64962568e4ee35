/// Units that are never restarted on their own accord: the way in, the desktop of somebody, what would take everything
/// else with it, and what is restarting them.
enum ProtectedUnits {
  /// Globs of unit names without their suffix.
  static let patterns = [
    // The bus, logins and terminals.
    "dbus", "dbus-broker", "systemd-logind", "elogind", "user@*", "user-runtime-dir@*", "getty@*", "serial-getty@*",
    "console-getty", "container-getty@*", "autovt@*",
    // Networks and tunnels.
    "networking", "network", "network-manager", "NetworkManager*", "systemd-networkd", "ifup@*", "ifplugd*",
    "wpa_supplicant*", "hostapd", "connman", "dhcpcd*", "openvpn*", "wg-quick@*", "strongswan*", "ipsec", "frr",
    "bird*", "quagga*", "tinc*", "pppd*",
    // Desktops.
    "display-manager", "gdm*", "lightdm*", "sddm*", "xdm", "wdm", "slim", "greetd", "nodm",
    // Other machines.
    "docker*", "containerd*", "podman*", "libvirt*", "virt*", "lxc*", "lxd*", "incus*", "systemd-nspawn@*",
    "systemd-machined", "qemu*", "kubelet",
    // What may be at work with packages right now.
    "apt-daily*", "unattended-upgrades", "packagekit*", "dnf-automatic*",
    // Storage and stages of the boot.
    "zfs*", "multipathd", "iscsid", "rc-local", "emergency", "rescue", "plymouth*", "dracut*", "initrd*",
    // Who asks.
    "brine-minion*", "brine", "brine-master", "salt-minion*",
  ]

  static func contains(_ unit: String, also more: [String] = []) -> Bool {
    let name = UnitName.short(unit) ?? unit
    return (patterns + more).contains { UnitName.matches(name, pattern: UnitName.short($0) ?? $0) }
  }
}
