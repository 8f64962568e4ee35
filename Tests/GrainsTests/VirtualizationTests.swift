import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct VirtualizationTests {
  static func detect(_ files: [String: String], systemd: String? = nil) async throws -> ValueMap {
    let commands = ScriptedCommands(programs: systemd == nil ? [] : ["systemd-detect-virt"]) { _ in
      CommandResult(exit: systemd == "none" ? 1 : 0, "\(systemd ?? "")\n")
    }
    return await VirtualizationCollector().collect(try FixtureHost(files).context(commands))
  }

  @Test(
    arguments: [
      ("kvm", "kvm", nil), ("systemd-nspawn", "systemd-nspawn", nil), ("vmware", "VMware", nil),
      ("microsoft", "VirtualPC", nil), ("lxc", "container", "LXC"), ("docker", "container", "Docker"),
      ("podman", "container", "Podman"), ("amazon", "Nitro", "Amazon EC2"), ("none", "physical", nil),
      ("oracle", "oracle", nil),
    ] as [(String, String, String?)])
  func systemdsWordsAreSalts(_ word: String, _ kind: String, _ subtype: String?) async throws {
    let grains = try await Self.detect([:], systemd: word)
    #expect(grains["virtual"] == .string(kind))
    #expect(grains["virtual_subtype"] == subtype.map(Value.string))
  }

  @Test func virtWhatIsAskedAloneWhereItIsInstalled() async throws {
    let commands = ScriptedCommands(
      programs: ["virt-what", "systemd-detect-virt"], ["virt-what": CommandResult("hyperv\n")])
    let grains = await VirtualizationCollector().collect(try FixtureHost().context(commands))
    #expect(grains == ["virtual": "HyperV"])
    #expect(commands.runs == [["virt-what"]])
  }

  @Test(
    arguments: [
      (["sys_vendor": "QEMU"], "kvm", nil),
      (["product_name": "VirtualBox", "sys_vendor": "innotek"], "VirtualBox", nil),
      (["sys_vendor": "VMware, Inc."], "VMware", nil),
      (["sys_vendor": "Microsoft Corporation", "product_name": "Virtual Machine"], "VirtualPC", nil),
      (["sys_vendor": "Nutanix", "product_name": "AHV"], "kvm", "Nutanix AHV"),
      (["sys_vendor": "Dell Inc.", "product_name": "PowerEdge R640"], "physical", nil),
      (["sys_vendor": "oVirt"], "kvm", "ovirt"),
    ] as [([String: String], String, String?)])
  func firmwareNamesTheHypervisor(_ fields: [String: String], _ kind: String, _ subtype: String?) async throws {
    let files = Dictionary(uniqueKeysWithValues: fields.map { ("/sys/class/dmi/id/\($0)", "\($1)\n") })
    let grains = try await Self.detect(files)
    #expect(grains["virtual"] == .string(kind))
    #expect(grains["virtual_subtype"] == subtype.map(Value.string))
  }

  @Test func amazonsInstancesSayTheirType() async throws {
    let grains = try await Self.detect(
      ["/sys/class/dmi/id/sys_vendor": "Amazon EC2\n", "/sys/class/dmi/id/product_name": "t3.micro\n"], systemd: "kvm")
    #expect(grains == ["virtual": "Nitro", "virtual_subtype": "Amazon EC2 (t3.micro)"])
  }

  @Test func containersAreToldByControlGroups() async throws {
    let docker = try await Self.detect(["/proc/1/cgroup": "12:cpu:/docker/0123abcd\n"], systemd: "kvm")
    #expect(docker == ["virtual": "container", "virtual_subtype": "Docker"])
    let pod = try await Self.detect(["/proc/1/cgroup": "12:cpu:/kubepods/besteffort\n"], systemd: "none")
    #expect(pod == ["virtual": "virtual", "virtual_subtype": "kubernetes"])
    let lxc = try await Self.detect(["/proc/1/environ": "PATH=/bin\0container=lxc\0"], systemd: "none")
    #expect(lxc == ["virtual": "container", "virtual_subtype": "LXC"])
  }

  @Test func xenIsToldByProc() async throws {
    let guest = try await Self.detect(["/proc/xen/capabilities": "\n"], systemd: "xen")
    #expect(guest == ["virtual": "xen", "virtual_subtype": "Xen PV DomU"])
    let control = try await Self.detect(["/proc/xen/capabilities": "control_d\n"], systemd: "none")
    #expect(control == ["virtual": "xen", "virtual_subtype": "Xen Dom0"])
  }
}
