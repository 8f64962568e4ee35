import Value

extension OperatingSystemCase {
  static let debianFamily: [OperatingSystemCase] = [
    OperatingSystemCase(
      name: "debian12",
      files: [
        "/etc/os-release": """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        NAME="Debian GNU/Linux"
        VERSION_ID="12"
        VERSION="12 (bookworm)"
        VERSION_CODENAME=bookworm
        ID=debian
        HOME_URL="https://www.debian.org/"
        SUPPORT_URL="https://www.debian.org/support"
        BUG_REPORT_URL="https://bugs.debian.org/"

        """,
        "/etc/debian_version": """
        12.11

        """,
      ],
      grains: [
        "os": "Debian",
        "os_family": "Debian",
        "oscodename": "bookworm",
        "osfullname": "Debian GNU/Linux",
        "lsb_distrib_id": "Debian GNU/Linux",
        "lsb_distrib_release": "12",
        "lsb_distrib_codename": "bookworm",
        "osrelease": "12",
        "osrelease_info": [12],
        "osmajorrelease": 12,
        "osfinger": "Debian-12",
      ]),
    OperatingSystemCase(
      name: "debianSid",
      files: [
        "/etc/os-release": """
        PRETTY_NAME="Debian GNU/Linux trixie/sid"
        NAME="Debian GNU/Linux"
        VERSION_CODENAME=trixie
        ID=debian
        HOME_URL="https://www.debian.org/"

        """,
        "/etc/debian_version": """
        trixie/sid

        """,
      ],
      grains: [
        "os": "Debian",
        "os_family": "Debian",
        "oscodename": "trixie",
        "osfullname": "Debian GNU/Linux",
        "lsb_distrib_id": "Debian GNU/Linux",
        "lsb_distrib_codename": "trixie",
        "osrelease": "trixie/sid",
        "osrelease_info": ["trixie/sid"],
        "osfinger": "Debian-trixie/sid",
      ]),
    OperatingSystemCase(
      name: "ubuntu2204",
      files: [
        "/etc/os-release": """
        PRETTY_NAME="Ubuntu 22.04.4 LTS"
        NAME="Ubuntu"
        VERSION_ID="22.04"
        VERSION="22.04.4 LTS (Jammy Jellyfish)"
        VERSION_CODENAME=jammy
        ID=ubuntu
        ID_LIKE=debian
        HOME_URL="https://www.ubuntu.com/"
        UBUNTU_CODENAME=jammy

        """,
        "/etc/lsb-release": """
        DISTRIB_ID=Ubuntu
        DISTRIB_RELEASE=22.04
        DISTRIB_CODENAME=jammy
        DISTRIB_DESCRIPTION="Ubuntu 22.04.4 LTS"

        """,
        "/etc/debian_version": """
        bookworm/sid

        """,
      ],
      grains: [
        "lsb_distrib_id": "Ubuntu",
        "lsb_distrib_release": "22.04",
        "lsb_distrib_codename": "jammy",
        "lsb_distrib_description": "Ubuntu 22.04.4 LTS",
        "os": "Ubuntu",
        "os_family": "Debian",
        "oscodename": "jammy",
        "osfullname": "Ubuntu",
        "osrelease": "22.04",
        "osrelease_info": [22, 4],
        "osmajorrelease": 22,
        "osfinger": "Ubuntu-22.04",
      ]),
    OperatingSystemCase(
      name: "raspbian11",
      files: [
        "/etc/os-release": """
        PRETTY_NAME="Raspbian GNU/Linux 11 (bullseye)"
        NAME="Raspbian GNU/Linux"
        VERSION_ID="11"
        VERSION="11 (bullseye)"
        VERSION_CODENAME=bullseye
        ID=raspbian
        ID_LIKE=debian

        """,
        "/etc/debian_version": """
        11.8

        """,
      ],
      grains: [
        "os": "Raspbian",
        "os_family": "Debian",
        "oscodename": "bullseye",
        "osfullname": "Raspbian GNU/Linux",
        "lsb_distrib_id": "Raspbian GNU/Linux",
        "lsb_distrib_release": "11",
        "lsb_distrib_codename": "bullseye",
        "osrelease": "11",
        "osrelease_info": [11],
        "osmajorrelease": 11,
        "osfinger": "Raspbian-11",
      ]),
    OperatingSystemCase(
      name: "mint21",
      files: [
        "/etc/os-release": """
        NAME="Linux Mint"
        VERSION="21.3 (Virginia)"
        ID=linuxmint
        ID_LIKE="ubuntu debian"
        PRETTY_NAME="Linux Mint 21.3"
        VERSION_ID="21.3"
        VERSION_CODENAME=virginia
        UBUNTU_CODENAME=jammy

        """,
        "/etc/lsb-release": """
        DISTRIB_ID=LinuxMint
        DISTRIB_RELEASE=21.3
        DISTRIB_CODENAME=virginia
        DISTRIB_DESCRIPTION="Linux Mint 21.3 Virginia"

        """,
      ],
      grains: [
        "lsb_distrib_id": "LinuxMint",
        "lsb_distrib_release": "21.3",
        "lsb_distrib_codename": "virginia",
        "lsb_distrib_description": "Linux Mint 21.3 Virginia",
        "os": "Mint",
        "os_family": "Debian",
        "oscodename": "virginia",
        "osfullname": "Linux Mint",
        "osrelease": "21.3",
        "osrelease_info": [21, 3],
        "osmajorrelease": 21,
        "osfinger": "Linux Mint-21",
      ]),
    OperatingSystemCase(
      name: "kali",
      files: [
        "/etc/os-release": """
        PRETTY_NAME="Kali GNU/Linux Rolling"
        NAME="Kali GNU/Linux"
        VERSION_ID="2024.1"
        VERSION="2024.1"
        VERSION_CODENAME=kali-rolling
        ID=kali
        ID_LIKE=debian

        """,
        "/etc/debian_version": """
        kali-rolling

        """,
      ],
      grains: [
        "os": "Kali",
        "os_family": "Debian",
        "oscodename": "kali-rolling",
        "osfullname": "Kali GNU/Linux",
        "lsb_distrib_id": "Kali GNU/Linux",
        "lsb_distrib_release": "2024.1",
        "lsb_distrib_codename": "kali-rolling",
        "osrelease": "2024.1",
        "osrelease_info": [2024, 1],
        "osmajorrelease": 2024,
        "osfinger": "Kali GNU/Linux-2024",
      ]),
    OperatingSystemCase(
      name: "pop2204",
      files: [
        "/etc/os-release": """
        NAME="Pop!_OS"
        VERSION="22.04 LTS"
        ID=pop
        ID_LIKE="ubuntu debian"
        PRETTY_NAME="Pop!_OS 22.04 LTS"
        VERSION_ID="22.04"
        VERSION_CODENAME=jammy
        UBUNTU_CODENAME=jammy

        """
      ],
      grains: [
        "os": "Pop",
        "os_family": "Debian",
        "oscodename": "jammy",
        "osfullname": "Pop!_OS",
        "lsb_distrib_id": "Pop!_OS",
        "lsb_distrib_release": "22.04",
        "lsb_distrib_codename": "jammy",
        "osrelease": "22.04",
        "osrelease_info": [22, 4],
        "osmajorrelease": 22,
        "osfinger": "Pop!_OS-22.04",
      ]),
    OperatingSystemCase(
      name: "devuan",
      files: [
        "/etc/os-release": """
        PRETTY_NAME="Devuan GNU/Linux 5 (daedalus)"
        NAME="Devuan GNU/Linux"
        VERSION_ID="5"
        VERSION="5 (daedalus)"
        VERSION_CODENAME="daedalus"
        ID=devuan
        ID_LIKE=debian

        """
      ],
      grains: [
        "os": "Devuan",
        "os_family": "Debian",
        "oscodename": "daedalus",
        "osfullname": "Devuan GNU/Linux",
        "lsb_distrib_id": "Devuan GNU/Linux",
        "lsb_distrib_release": "5",
        "lsb_distrib_codename": "daedalus",
        "osrelease": "5",
        "osrelease_info": [5],
        "osmajorrelease": 5,
        "osfinger": "Devuan GNU/Linux-5",
      ]),
  ]
}
