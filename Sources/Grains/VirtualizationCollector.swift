import HostSystem
public import Value

/// What the host runs on: `virtual` (`physical`, `kvm`, `container`, …) and `virtual_subtype`.
public struct VirtualizationCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var finding = await detected(context)
    let files = context.files
    refineByRoot(&finding, files)
    refineByVirtuozzo(&finding, files)
    refineByXen(&finding, files)
    refineByHardware(&finding, files)
    refineByContainer(&finding, files)
    if finding.subtype != nil, finding.kind == "physical" { finding.kind = "virtual" }
    refineByCloud(&finding, files)
    var grains: ValueMap = ["virtual": .string(finding.kind)]
    grains["virtual_subtype"] = finding.subtype.map(Value.string)
    return grains
  }

  struct Finding: Sendable, Hashable {
    var kind = "physical"
    var subtype: String?
  }

  /// Asks the tools that know, in Salt's order; without them the firmware.
  private func detected(_ context: GrainContext) async -> Finding {
    if context.commands.which("virt-what") != nil {
      return await context.output("virt-what").flatMap(Self.virtWhat) ?? Finding()
    }
    if let output = await context.output("systemd-detect-virt"), let finding = Self.systemd(output.trimmed()) {
      return finding
    }
    return Self.firmware(Firmware(context.files)) ?? Finding()
  }

  /// What systemd-detect-virt prints, in Salt's words; nil for what Salt has no word for.
  static func systemd(_ output: String) -> Finding? {
    switch output {
    case "qemu", "kvm", "oracle", "xen", "bochs", "chroot", "uml", "systemd-nspawn": Finding(kind: output)
    case let text where text.contains("vmware"): Finding(kind: "VMware")
    case let text where text.contains("microsoft"): Finding(kind: "VirtualPC")
    case let text where text.contains("lxc"): Finding(kind: "container", subtype: "LXC")
    case let text where text.contains("podman"): Finding(kind: "container", subtype: "Podman")
    case let text where text.contains("docker"): Finding(kind: "container", subtype: "Docker")
    case let text where text.contains("amazon"): Finding(kind: "Nitro", subtype: "Amazon EC2")
    default: nil
    }
  }

  /// What virt-what prints: the first line that says something.
  static func virtWhat(_ output: String) -> Finding? {
    for line in output.splitLines() {
      switch line {
      case "kvm", "qemu", "uml", "xen": return Finding(kind: line)
      case "ibm_power-kvm": return Finding(kind: "kvm")
      case "ibm_power-lpar_shared": return Finding(kind: "LPAR", subtype: "shared")
      case "ibm_power-lpar_dedicated": return Finding(kind: "LPAR", subtype: "dedicated")
      case let text where text.contains("lxc"): return Finding(kind: "container", subtype: "LXC")
      case let text where text.contains("docker"): return Finding(kind: "container", subtype: "Docker")
      case let text where text.contains("vmware"): return Finding(kind: "VMware")
      case let text where text.contains("parallels"): return Finding(kind: "Parallels")
      case let text where text.contains("nutanix"): return Finding(kind: "kvm", subtype: "Nutanix AHV")
      case let text where text.contains("hyperv"): return Finding(kind: "HyperV")
      default: continue
      }
    }
    return nil
  }
}
