import OrderedCollections
import Targeting
import Value

/// The hosts and nodegroups that the expected answers of the case tables were taken with, from Salt 3008.3.
enum Fleet {
  static let subjects = [web1, web2, db1, edge]

  private static let web1 = TargetSubject(
    id: "web1",
    grains: [
      "os": "Debian",
      "os_family": "Debian",
      "osmajorrelease": 12,
      "osrelease": "12",
      "osfullname": "Debian GNU/Linux",
      "num_cpus": 4,
      "systemd": ["version": "252", "features": "+PAM +AUDIT -IPE"],
      "roles": ["web", "Cache"],
      "ip4_interfaces": ["lo": ["127.0.0.1"], "eth0": ["10.0.0.11", "192.168.7.1"], "eth1": []],
      "ipv4": ["10.0.0.11", "127.0.0.1", "192.168.7.1"],
      "ipv6": ["::1", "fd00::11"],
      "env": "prod",
      "site": ["rack": ["row": "a", "slot": 7], "tags": ["blue", "green"]],
      "url": "http://web1:8080/x",
      "selinux": ["enabled": false],
      "nothing": .null,
      "empty": [:],
      "load": 1.5,
      "disks": [["name": "sda", "size": 100, "parts": ["sda1", "sda2"]], ["name": "sdb", "8": "x"]],
      "mac": "00:16:3e:aa:bb:cc",
      "locale": "Ünicode-ß",
    ],
    pillar: [
      "role": "frontend",
      "app": ["name": "shop", "ports": [80, 443]],
      "db": ["host": "db1:5432"],
    ])

  private static let web2 = TargetSubject(
    id: "web2",
    grains: [
      "os": "Ubuntu",
      "os_family": "Debian",
      "osmajorrelease": 22,
      "osrelease": "22.04",
      "num_cpus": 16,
      "roles": ["web"],
      "ip4_interfaces": ["lo": ["127.0.0.1"], "ens3": ["10.0.1.12"]],
      "ipv4": ["10.0.1.12", "127.0.0.1"],
      "ipv6": ["::1"],
      "env": "stage",
      "site": ["rack": ["row": "b", "slot": 8]],
      "systemd": ["version": "249"],
      "selinux": ["enabled": true],
      "mac": "00:16:3e:00:00:02",
      8: "eight",
      "ports": [80: "http", 443: ["tls": true]],
    ],
    pillar: [
      "role": "frontend",
      "app": ["name": "blog", "ports": [8080]],
    ])

  private static let db1 = TargetSubject(
    id: "db1",
    grains: [
      "os": "Rocky",
      "os_family": "RedHat",
      "osmajorrelease": 9,
      "osrelease": "9.4",
      "num_cpus": 64,
      "roles": "db",
      "ipv4": ["10.0.0.21"],
      "env": "prod",
      "site": "a:b:c",
      "nested": [["x", "y"], ["k": ["z": 1]]],
      "matrix": [["a": ["b": "c"]], "plain"],
    ],
    pillar: [
      "role": "db"
    ])

  private static let edge = TargetSubject(
    id: "edge-10.example.com",
    grains: [
      "os": "Debian",
      "osrelease": "11.7",
      "env": "PROD",
      "roles": [],
      "ipv6": ["2001:db8::10"],
      "site": ["rack": ["row": "A:1"]],
      "a": ["b": ["c": "d"], "b:c": "e"],
      "a:b": "f",
    ],
    pillar: [
      "unused": 1
    ])

  static let nodegroups: ValueMap = [
    "debs": "G@os:Debian",
    "flat": "G@os:Ubuntu or G@os:Rocky",
    "pair": "web1 db1",
    "commas": "web1,web2",
    "listed": ["web1", "db1"],
    "re": "web[12]",
    "words": ["G@env:prod", "and", "not", "db1"],
    "nest": "N@flat and G@env:prod",
    "nestlist": ["N@pair", "or", "web2"],
    "nest2": "N@nest or N@re",
    "empty": "",
    "star": "web*",
    "useempty": "N@empty or web2",
    "not": "not N@nest",
  ]
}
