import HostSystem
import Value

extension VirtualizationCollector {
  /// The strings of the firmware that name a hypervisor.
  struct Firmware: Sendable {
    var biosVendor: String
    var manufacturer: String
    var product: String

    init(_ files: HostFiles) {
      func text(_ name: String) -> String { files.firstLine("/sys/class/dmi/id/\(name)") ?? "" }
      biosVendor = text("bios_vendor")
      manufacturer = text("sys_vendor")
      product = text("product_name")
    }

    func mentions(_ word: String) -> Bool { [biosVendor, manufacturer, product].contains { $0.contains(word) } }
  }

  static func firmware(_ firmware: Firmware) -> Finding? {
    if firmware.mentions("BHYVE") { return Finding(kind: "bhyve") }
    if firmware.manufacturer.contains("oVirt") { return Finding(kind: "kvm", subtype: "ovirt") }
    if firmware.product.contains("RHEV Hypervisor") { return Finding(kind: "kvm", subtype: "rhev") }
    if firmware.mentions("VirtualBox") { return Finding(kind: "VirtualBox") }
    if firmware.mentions("VMware") { return Finding(kind: "VMware") }
    if firmware.manufacturer.contains("Microsoft"), firmware.product.contains("Virtual Machine") {
      return Finding(kind: "VirtualPC")
    }
    if firmware.mentions("Parallels Software") { return Finding(kind: "Parallels") }
    if firmware.manufacturer.contains("Nutanix"), firmware.product.contains("AHV") {
      return Finding(kind: "kvm", subtype: "Nutanix AHV")
    }
    let isKVM =
      ["QEMU", "Bochs"].contains { firmware.biosVendor.hasPrefix($0) || firmware.manufacturer.hasPrefix($0) }
      || firmware.manufacturer.hasPrefix("Google") || firmware.biosVendor.hasPrefix("SeaBIOS")
    return isKVM ? Finding(kind: "kvm") : nil
  }

  /// A root directory other than that of process 1 is a chroot.
  func refineByRoot(_ finding: inout Finding, _ files: HostFiles) {
    guard let own = files.status("/"), let first = files.status("/proc/1/root/.") else { return }
    if (own.device, own.inode) != (first.device, first.inode) { finding.subtype = "chroot" }
  }

  func refineByVirtuozzo(_ finding: inout Finding, _ files: HostFiles) {
    if files.isDirectory("/proc/vz") {
      if files.isFile("/proc/vz/version") {
        finding.kind = "openvzhn"
      } else if files.isFile("/proc/vz/veinfo") {
        finding.kind = "openvzve"
      }
    }
    for line in files.linesIfPresent("/proc/self/status") where line.hasPrefix("envID:") {
      guard let id = Int(line.dropFirst("envID:".count).trimmed()) else { continue }
      finding.kind = id == 0 ? "openvzhn" : "openvzve"
    }
  }

  func refineByXen(_ finding: inout Finding, _ files: HostFiles) {
    guard ["/proc/sys/xen", "/sys/bus/xen", "/proc/xen"].contains(where: { files.isDirectory($0) }) else { return }
    if files.isFile("/proc/xen/xsd_kva") {
      finding.subtype = "Xen Dom0"
    } else if files.firstLine("/sys/class/dmi/id/product_name") == "HVM domU" {
      finding.subtype = "Xen HVM DomU"
    } else if files.isFile("/proc/xen/capabilities"), let text = try? files.readText("/proc/xen/capabilities") {
      finding.subtype = text.contains("control_d") ? "Xen Dom0" : "Xen PV DomU"
    } else if files.isDirectory("/sys/bus/xen/drivers/xenconsole") {
      finding.subtype = "Xen PV DomU"
    }
    if finding.subtype?.lowercased().contains("dom") == true { finding.kind = "xen" }
  }

  func refineByHardware(_ finding: inout Finding, _ files: HostFiles) {
    if files.linesIfPresent("/proc/cpuinfo").contains(where: { $0.contains("QEMU Virtual CPU") }) {
      finding.kind = "kvm"
    }
    let product = files.firstLine("/sys/devices/virtual/dmi/id/product_name") ?? ""
    if product.contains("VirtualBox") {
      finding.kind = "VirtualBox"
    } else if product.contains("RHEV Hypervisor") {
      finding = Finding(kind: "kvm", subtype: "rhev")
    } else if product.contains("oVirt Node") {
      finding = Finding(kind: "kvm", subtype: "ovirt")
    } else if product.contains("Google") {
      finding.kind = "gce"
    } else if product.contains("BHYVE") {
      finding.kind = "bhyve"
    }
  }

  /// Control groups and the environment of process 1 tell containers, whatever hypervisor is below.
  func refineByContainer(_ finding: inout Finding, _ files: HostFiles) {
    let groups = (try? files.readText("/proc/1/cgroup", limit: 1 << 20)) ?? ""
    if groups.contains(":/lxc/") {
      finding = Finding(kind: "container", subtype: "LXC")
    } else if groups.contains(":/kubepods/") {
      finding.subtype = "kubernetes"
    } else if groups.contains(":/libpod_parent/") {
      finding.subtype = "libpod"
    } else if [":/system.slice/docker", ":/docker/", ":/docker-ce/"].contains(where: { groups.contains($0) }) {
      finding = Finding(kind: "container", subtype: "Docker")
    }
    let environment = (try? files.readText("/proc/1/environ", limit: 1 << 20)) ?? ""
    if finding.subtype != "LXC", environment.contains("container=lxc") {
      finding = Finding(kind: "container", subtype: "LXC")
    }
  }

  func refineByCloud(_ finding: inout Finding, _ files: HostFiles) {
    guard ["qemu", "kvm", "xen", "amazon"].contains(finding.kind) else { return }
    let firmware = Firmware(files)
    if firmware.manufacturer.contains("Amazon EC2") {
      if finding.kind != "xen" { finding.kind = "Nitro" }
      finding.subtype = firmware.product.isEmpty ? "Amazon EC2" : "Amazon EC2 (\(firmware.product))"
    } else if firmware.manufacturer.contains("Nutanix"), firmware.product.contains("AHV") {
      finding.subtype = "Nutanix AHV"
    }
  }
}
