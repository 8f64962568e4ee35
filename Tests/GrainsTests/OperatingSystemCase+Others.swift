import Value

extension OperatingSystemCase {
  static let others: [OperatingSystemCase] = [
    OperatingSystemCase(
      name: "sles15",
      files: [
        "/etc/os-release": """
        NAME="SLES"
        VERSION="15-SP5"
        VERSION_ID="15.5"
        PRETTY_NAME="SUSE Linux Enterprise Server 15 SP5"
        ID="sles"
        ID_LIKE="suse"
        CPE_NAME="cpe:/o:suse:sles:15:sp5"

        """
      ],
      grains: [
        "os": "SUSE",
        "os_family": "Suse",
        "oscodename": "SUSE Linux Enterprise Server 15 SP5",
        "osfullname": "SLES",
        "lsb_distrib_id": "SLES",
        "lsb_distrib_release": "15.5",
        "lsb_distrib_codename": "SUSE Linux Enterprise Server 15 SP5",
        "osrelease": "15.5",
        "osrelease_info": [15, 5],
        "osmajorrelease": 15,
        "osfinger": "SLES-15",
      ]),
    OperatingSystemCase(
      name: "leap155",
      files: [
        "/etc/os-release": """
        NAME="openSUSE Leap"
        VERSION="15.5"
        ID="opensuse-leap"
        ID_LIKE="suse opensuse"
        VERSION_ID="15.5"
        PRETTY_NAME="openSUSE Leap 15.5"
        CPE_NAME="cpe:/o:opensuse:leap:15.5"

        """
      ],
      grains: [
        "os": "SUSE",
        "os_family": "Suse",
        "oscodename": "openSUSE Leap 15.5",
        "osfullname": "Leap",
        "lsb_distrib_id": "openSUSE Leap",
        "lsb_distrib_release": "15.5",
        "lsb_distrib_codename": "openSUSE Leap 15.5",
        "osrelease": "15.5",
        "osrelease_info": [15, 5],
        "osmajorrelease": 15,
        "osfinger": "Leap-15",
      ]),
    OperatingSystemCase(
      name: "tumbleweed",
      files: [
        "/etc/os-release": """
        NAME="openSUSE Tumbleweed"
        # VERSION="20240420"
        ID="opensuse-tumbleweed"
        ID_LIKE="opensuse suse"
        VERSION_ID="20240420"
        PRETTY_NAME="openSUSE Tumbleweed"
        CPE_NAME="cpe:2.3:o:opensuse:tumbleweed:20240420:*:*:*:*:*:*:*"

        """
      ],
      grains: [
        "os": "SUSE",
        "os_family": "Suse",
        "oscodename": "openSUSE Tumbleweed",
        "osfullname": "openSUSE Tumbleweed",
        "lsb_distrib_id": "openSUSE Tumbleweed",
        "lsb_distrib_release": "20240420",
        "lsb_distrib_codename": "openSUSE Tumbleweed",
        "osrelease": "20240420",
        "osrelease_info": [20_240_420],
        "osmajorrelease": 20_240_420,
        "osfinger": "openSUSE Tumbleweed-20240420",
      ]),
    OperatingSystemCase(
      name: "alpine319",
      files: [
        "/etc/os-release": """
        NAME="Alpine Linux"
        ID=alpine
        VERSION_ID=3.19.1
        PRETTY_NAME="Alpine Linux v3.19"

        """
      ],
      grains: [
        "os": "Alpine",
        "os_family": "Alpine",
        "oscodename": "Alpine Linux v3.19",
        "osfullname": "Alpine Linux",
        "lsb_distrib_id": "Alpine Linux",
        "lsb_distrib_release": "3.19.1",
        "lsb_distrib_codename": "Alpine Linux v3.19",
        "osrelease": "3.19.1",
        "osrelease_info": [3, 19, 1],
        "osmajorrelease": 3,
        "osfinger": "Alpine Linux-3",
      ]),
    OperatingSystemCase(
      name: "arch",
      files: [
        "/etc/os-release": """
        NAME="Arch Linux"
        PRETTY_NAME="Arch Linux"
        ID=arch
        BUILD_ID=rolling
        ANSI_COLOR="38;2;23;147;209"

        """
      ],
      grains: [
        "os": "Arch",
        "os_family": "Arch",
        "oscodename": "Arch Linux",
        "osfullname": "Arch Linux",
        "lsb_distrib_id": "Arch Linux",
        "lsb_distrib_codename": "Arch Linux",
        "osrelease": "",
      ]),
  ]
}
