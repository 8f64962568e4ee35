import Value

extension OperatingSystemCase {
  static let redHatFamily: [OperatingSystemCase] = [
    OperatingSystemCase(
      name: "rhel9",
      files: [
        "/etc/os-release": """
        NAME="Red Hat Enterprise Linux"
        VERSION="9.3 (Plow)"
        ID="rhel"
        ID_LIKE="fedora"
        VERSION_ID="9.3"
        PLATFORM_ID="platform:el9"
        PRETTY_NAME="Red Hat Enterprise Linux 9.3 (Plow)"
        CPE_NAME="cpe:/o:redhat:enterprise_linux:9::baseos"

        """,
        "/etc/redhat-release": """
        Red Hat Enterprise Linux release 9.3 (Plow)

        """,
      ],
      grains: [
        "os": "RedHat",
        "os_family": "RedHat",
        "oscodename": "Plow",
        "osfullname": "Red Hat Enterprise Linux",
        "lsb_distrib_id": "Red Hat Enterprise Linux",
        "lsb_distrib_release": "9.3",
        "lsb_distrib_codename": "Red Hat Enterprise Linux 9.3 (Plow)",
        "osrelease": "9.3",
        "osrelease_info": [9, 3],
        "osmajorrelease": 9,
        "osfinger": "Red Hat Enterprise Linux-9",
      ]),
    OperatingSystemCase(
      name: "centos7",
      files: [
        "/etc/os-release": """
        NAME="CentOS Linux"
        VERSION="7 (Core)"
        ID="centos"
        ID_LIKE="rhel fedora"
        VERSION_ID="7"
        PRETTY_NAME="CentOS Linux 7 (Core)"
        ANSI_COLOR="0;31"
        CPE_NAME="cpe:/o:centos:centos:7"

        """,
        "/etc/centos-release": """
        CentOS Linux release 7.9.2009 (Core)

        """,
        "/etc/redhat-release": """
        CentOS Linux release 7.9.2009 (Core)

        """,
      ],
      grains: [
        "os": "CentOS",
        "os_family": "RedHat",
        "oscodename": "CentOS Linux 7 (Core)",
        "osfullname": "CentOS Linux",
        "lsb_distrib_id": "CentOS Linux",
        "lsb_distrib_codename": "CentOS Linux 7 (Core)",
        "osrelease": "7.9.2009",
        "osrelease_info": [7, 9, 2009],
        "osmajorrelease": 7,
        "osfinger": "CentOS Linux-7",
      ]),
    OperatingSystemCase(
      name: "centosStream9",
      files: [
        "/etc/os-release": """
        NAME="CentOS Stream"
        VERSION="9"
        ID="centos"
        ID_LIKE="rhel fedora"
        VERSION_ID="9"
        PLATFORM_ID="platform:el9"
        PRETTY_NAME="CentOS Stream 9"
        CPE_NAME="cpe:/o:centos:centos:9"

        """,
        "/etc/centos-release": """
        CentOS Stream release 9

        """,
      ],
      grains: [
        "os": "CentOS Stream",
        "os_family": "RedHat",
        "oscodename": "CentOS Stream 9",
        "osfullname": "CentOS Stream",
        "lsb_distrib_id": "CentOS Stream",
        "lsb_distrib_release": "9",
        "lsb_distrib_codename": "CentOS Stream 9",
        "osrelease": "9",
        "osrelease_info": [9],
        "osmajorrelease": 9,
        "osfinger": "CentOS Stream-9",
      ]),
    OperatingSystemCase(
      name: "rocky9",
      files: [
        "/etc/os-release": """
        NAME="Rocky Linux"
        VERSION="9.3 (Blue Onyx)"
        ID="rocky"
        ID_LIKE="rhel centos fedora"
        VERSION_ID="9.3"
        PLATFORM_ID="platform:el9"
        PRETTY_NAME="Rocky Linux 9.3 (Blue Onyx)"
        CPE_NAME="cpe:/o:rocky:rocky:9::baseos"

        """,
        "/etc/redhat-release": """
        Rocky Linux release 9.3 (Blue Onyx)

        """,
      ],
      grains: [
        "os": "Rocky",
        "os_family": "RedHat",
        "oscodename": "Blue Onyx",
        "osfullname": "Rocky Linux",
        "lsb_distrib_id": "Rocky Linux",
        "lsb_distrib_release": "9.3",
        "lsb_distrib_codename": "Blue Onyx",
        "osrelease": "9.3",
        "osrelease_info": [9, 3],
        "osmajorrelease": 9,
        "osfinger": "Rocky Linux-9",
      ]),
    OperatingSystemCase(
      name: "alma8",
      files: [
        "/etc/os-release": """
        NAME="AlmaLinux"
        VERSION="8.9 (Midnight Oncilla)"
        ID="almalinux"
        ID_LIKE="rhel centos fedora"
        VERSION_ID="8.9"
        PLATFORM_ID="platform:el8"
        PRETTY_NAME="AlmaLinux 8.9 (Midnight Oncilla)"
        CPE_NAME="cpe:/o:almalinux:almalinux:8::baseos"

        """
      ],
      grains: [
        "os": "AlmaLinux",
        "os_family": "RedHat",
        "oscodename": "Midnight Oncilla",
        "osfullname": "AlmaLinux",
        "lsb_distrib_id": "AlmaLinux",
        "lsb_distrib_release": "8.9",
        "lsb_distrib_codename": "Midnight Oncilla",
        "osrelease": "8.9",
        "osrelease_info": [8, 9],
        "osmajorrelease": 8,
        "osfinger": "AlmaLinux-8",
      ]),
    OperatingSystemCase(
      name: "fedora40",
      files: [
        "/etc/os-release": """
        NAME="Fedora Linux"
        VERSION="40 (Server Edition)"
        ID=fedora
        VERSION_ID=40
        VERSION_CODENAME=""
        PLATFORM_ID="platform:f40"
        PRETTY_NAME="Fedora Linux 40 (Server Edition)"
        CPE_NAME="cpe:/o:fedoraproject:fedora:40"
        VARIANT="Server Edition"

        """
      ],
      grains: [
        "os": "Fedora",
        "os_family": "RedHat",
        "oscodename": "",
        "osfullname": "Fedora Linux",
        "lsb_distrib_id": "Fedora Linux",
        "lsb_distrib_release": "40",
        "lsb_distrib_codename": "",
        "osrelease": "40",
        "osrelease_info": [40],
        "osmajorrelease": 40,
        "osfinger": "Fedora Linux-40",
      ]),
    OperatingSystemCase(
      name: "amazon2",
      files: [
        "/etc/os-release": """
        NAME="Amazon Linux"
        VERSION="2"
        ID="amzn"
        ID_LIKE="centos rhel fedora"
        VERSION_ID="2"
        PRETTY_NAME="Amazon Linux 2"
        CPE_NAME="cpe:2.3:o:amazon:amazon_linux:2"

        """
      ],
      grains: [
        "os": "Amazon",
        "os_family": "RedHat",
        "oscodename": "Amazon Linux 2",
        "osfullname": "Amazon Linux",
        "lsb_distrib_id": "Amazon Linux",
        "lsb_distrib_release": "2",
        "lsb_distrib_codename": "Amazon Linux 2",
        "osrelease": "2",
        "osrelease_info": [2],
        "osmajorrelease": 2,
        "osfinger": "Amazon Linux-2",
      ]),
    OperatingSystemCase(
      name: "amazon2023",
      files: [
        "/etc/os-release": """
        NAME="Amazon Linux"
        VERSION="2023"
        ID="amzn"
        ID_LIKE="fedora"
        VERSION_ID="2023"
        PLATFORM_ID="platform:al2023"
        PRETTY_NAME="Amazon Linux 2023.4.20240416"
        CPE_NAME="cpe:2.3:o:amazon:amazon_linux:2023"

        """
      ],
      grains: [
        "os": "Amazon",
        "os_family": "RedHat",
        "oscodename": "Amazon Linux 2023.4.20240416",
        "osfullname": "Amazon Linux",
        "lsb_distrib_id": "Amazon Linux",
        "lsb_distrib_release": "2023",
        "lsb_distrib_codename": "Amazon Linux 2023.4.20240416",
        "osrelease": "2023",
        "osrelease_info": [2023],
        "osmajorrelease": 2023,
        "osfinger": "Amazon Linux-2023",
      ]),
    OperatingSystemCase(
      name: "oracle8",
      files: [
        "/etc/os-release": """
        NAME="Oracle Linux Server"
        VERSION="8.9"
        ID="ol"
        ID_LIKE="fedora"
        VARIANT="Server"
        VERSION_ID="8.9"
        PLATFORM_ID="platform:el8"
        PRETTY_NAME="Oracle Linux Server 8.9"
        CPE_NAME="cpe:/o:oracle:linux:8:9:server"

        """
      ],
      grains: [
        "os": "OEL",
        "os_family": "RedHat",
        "oscodename": "Oracle Linux Server 8.9",
        "osfullname": "Oracle Linux Server",
        "lsb_distrib_id": "Oracle Linux Server",
        "lsb_distrib_release": "8.9",
        "lsb_distrib_codename": "Oracle Linux Server 8.9",
        "osrelease": "8.9",
        "osrelease_info": [8, 9],
        "osmajorrelease": 8,
        "osfinger": "Oracle Linux Server-8",
      ]),
  ]
}
