public import Value

/// All collectors, run side by side and merged in a fixed order.
public struct GrainCollection: Sendable {
  public var collectors: [any GrainCollector]

  public init(collectors: [any GrainCollector] = GrainCollection.standard) { self.collectors = collectors }

  /// Every collector of this target.
  public static let standard: [any GrainCollector] = [
    IdentityCollector(), KernelCollector(), OperatingSystemCollector(), ProcessorCollector(), MemoryCollector(),
    HostNameCollector(), InterfaceCollector(), GatewayCollector(), ResolverCollector(), VirtualizationCollector(),
    InitCollector(), SystemdCollector(), SELinuxCollector(), MachineCollector(), FirmwareCollector(), DiskCollector(),
    LocaleCollector(), EnvironmentCollector(), OpenSSLCollector(), GraphicsCollector(), PythonCollector(),
  ]

  /// The grains of a host by the standard collectors.
  public static func collect(_ context: GrainContext) async -> ValueMap { await GrainCollection().collect(context) }

  /// The grains of a host. A later collector's grain of the same name replaces an earlier one's.
  public func collect(_ context: GrainContext) async -> ValueMap {
    let parts = await withTaskGroup(of: (Int, ValueMap).self) { group in
      for (index, collector) in collectors.enumerated() {
        group.addTask { (index, await collector.collect(context)) }
      }
      var parts = [ValueMap](repeating: [:], count: collectors.count)
      for await (index, grains) in group { parts[index] = grains }
      return parts
    }
    var grains: ValueMap = [:]
    for part in parts {
      for (name, value) in part { grains[name] = value }
    }
    return grains
  }
}
