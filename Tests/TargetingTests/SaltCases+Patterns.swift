extension SaltCases {
  static let grainPCRE = [
    TargetCase(.grainPCRE, "os:Deb", ["web1", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "os:deb.*n$", ["web1", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "os:^ebian", []),
    TargetCase(.grainPCRE, "os:(Debian|Ubuntu)", ["web1", "web2", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "os:(?:Rocky|Ubuntu)$", ["web2", "db1"]),
    TargetCase(.grainPCRE, #"os:\S+"#, []),
    TargetCase(.grainPCRE, #"os:\D"#, []),
    TargetCase(.grainPCRE, #"os:\w+$"#, ["web1", "web2", "db1", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "roles:we[bx]$", ["web1", "web2"]),
    TargetCase(.grainPCRE, "roles:c.che", ["web1"]),
    TargetCase(.grainPCRE, #"num_cpus:\d{2}"#, ["web2", "db1"]),
    TargetCase(.grainPCRE, "osmajorrelease:(9|12)$", ["web1", "db1"]),
    TargetCase(.grainPCRE, #"ip4_interfaces:eth0:10\.0\.0\.\d+"#, ["web1"]),
    TargetCase(.grainPCRE, "ip4_interfaces:e.*", ["web1", "web2"]),
    TargetCase(.grainPCRE, "ip4_interfaces:e.*:10", []),
    TargetCase(.grainPCRE, "systemd:version:2[0-9]{2}$", ["web1", "web2"]),
    TargetCase(.grainPCRE, "mac:00:16:3e:[0-9a-f:]+$", ["web1", "web2"]),
    TargetCase(.grainPCRE, #"url:http://web\d:"#, ["web1"]),
    TargetCase(.grainPCRE, "selinux:enabled:(True|None)", ["web2"]),
    TargetCase(.grainPCRE, "site:rack:row:[A-Z]$", ["web1", "web2"]),
    TargetCase(.grainPCRE, "*:deb", ["web1", "web2", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "site:*:row:b", ["web2"]),
    TargetCase(.grainPCRE, "missing:.*", []),
    TargetCase(.grainPCRE, "os:", ["web1", "web2", "db1", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "env:PROD$", ["web1", "db1", "edge-10.example.com"]),
    TargetCase(.grainPCRE, "disks:name:sd[b-z]", ["web1"]),
    TargetCase(.grainPCRE, "nothing:none", ["web1"]),
  ]

  static let pillar = [
    TargetCase(.pillar, "role:frontend", ["web1", "web2"]),
    TargetCase(.pillar, "role:*", ["web1", "web2", "db1"]),
    TargetCase(.pillar, "app:name:shop", ["web1"]),
    TargetCase(.pillar, "app:ports:443", ["web1"]),
    TargetCase(.pillar, "app:ports:*", ["web1", "web2"]),
    TargetCase(.pillar, "db:host:db1:5432", ["web1"]),
    TargetCase(.pillar, "db:host:db1*", ["web1"]),
    TargetCase(.pillar, "app:*", ["web1", "web2"]),
    TargetCase(.pillar, "app:*:shop", ["web1"]),
    TargetCase(.pillar, "*:db", ["web1", "db1"]),
    TargetCase(.pillar, "nope:x", []),
  ]

  static let pillarPCRE = [
    TargetCase(.pillarPCRE, "role:f.*d$", ["web1", "web2"]),
    TargetCase(.pillarPCRE, "app:name:(shop|blog)", ["web1", "web2"]),
    TargetCase(.pillarPCRE, "app:ports:80$", ["web1"]),
    TargetCase(.pillarPCRE, #"db:host:db\d:\d+$"#, ["web1"]),
    TargetCase(.pillarPCRE, "role:(?:db)", ["db1"]),
  ]
}
