import HostSystem

/// How Salt shortens the names of distributions and sorts them into families; state trees match on these.
enum DistributionNames {
  /// The grain `os` for the full name of a distribution.
  static func os(fullName: String) -> String {
    let name = removingLinux(fullName).trimmed()
    let key = String(name.filter { $0 != " " }.lowercased().prefix(10))
    return shortNames[key] ?? name
  }

  /// The grain `os_family` for the grain `os`; an unknown one is its own family.
  static func family(os: String) -> String {
    families.first { $0.value.contains(os) }?.key ?? os
  }

  /// Takes out ` Linux` and ` GNU/Linux` wherever they stand after something else.
  private static func removingLinux(_ name: String) -> String {
    var rest = name[...]
    var result = ""
    while let character = rest.first {
      if !character.isLetter, !character.isNumber, character != "_" {
        let tail = rest.dropFirst()
        if let suffix = ["gnu/linux", "linux"].first(where: { tail.lowercased().hasPrefix($0) }) {
          rest = tail.dropFirst(suffix.count)
          continue
        }
      }
      result.append(character)
      rest.removeFirst()
    }
    return result
  }

  /// By the first ten letters of the name in lower case without spaces.
  private static let shortNames = [
    "alibabaclo": "Alinux", "almalinux": "AlmaLinux", "almalinuxk": "AlmaLinux", "alt": "ALT", "amazonami": "Amazon",
    "antergos": "Antergos", "arch": "Arch", "archarm": "Arch ARM", "chapeau": "Chapeau", "cloudlinux": "CloudLinux",
    "cloudserve": "CloudLinux", "debian": "Debian", "enterprise": "OEL", "fedoraremi": "Fedora",
    "gentoobase": "Gentoo", "korora": "Korora", "linuxmint": "Mint", "manjaro": "Manjaro", "manjarolin": "Manjaro",
    "mendel": "Mendel", "neon": "KDE neon", "nilrt": "NILinuxRT", "oracleserv": "OEL", "photon": "VMware Photon OS",
    "pidora": "Fedora", "poky": "Poky", "pop": "Pop", "pop!_os": "Pop", "raspbian": "Raspbian", "redhatente": "RedHat",
    "rocky": "Rocky", "scientific": "ScientificLinux", "sles": "SUSE", "slesexpand": "RES", "synology": "Synology",
    "univention": "Univention", "virtuozzo": "Virtuozzo", "void": "Void",
  ]

  private static let families: [String: Set<String>] = [
    "Arch": ["Antergos", "Arch ARM", "EndeavourOS", "Manjaro", "Manjaro ARM"],
    "Bluewhite": ["Bluewhite64"],
    "Debian": [
      "AstraLinuxCE", "AstraLinuxSE", "Cumulus", "Deepin", "Devuan", "GCEL", "IDMS", "KDE neon", "Kali", "Linaro",
      "Mendel", "Mint", "OSMC", "Parrot OS", "Pop", "Raspbian", "Trisquel", "TurnKey", "Ubuntu", "Univention", "antiX",
      "elementary", "elementary OS", "neon",
    ],
    "Gentoo": ["Funtoo"],
    "Mandriva": ["Mandrake"],
    "RedHat": [
      "ALT", "Alinux", "AlmaLinux", "AlmaLinux Kitten", "AlterOS", "Amazon", "CentOS", "CentOS Stream", "Chapeau",
      "CloudLinux", "FedBerry", "Fedora", "GoOSe", "Korora", "OEL", "OVS", "RED OS", "RES", "Rocky", "Sangoma",
      "Scientific", "ScientificLinux", "VMware Photon OS", "Virtuozzo", "XCP", "XCP-ng", "XenServer", "openEuler",
    ],
    "Slackware": ["Slamd64"],
    "Suse": [
      "SLED", "SLES", "SLES_SAP", "SUSE", "SUSE  Enterprise Server", "SUSE Enterprise Server", "alfaLinux",
      "alfaLinux Rise", "openSUSE", "openSUSE Leap", "openSUSE Tumbleweed",
    ],
    "VMware": ["VMwareESX"],
  ]
}
