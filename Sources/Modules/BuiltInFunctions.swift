public import Functions

/// All functions that come with Brine.
public enum BuiltInFunctions {
  public static let registry = FunctionRegistry(
    [
      AlternativesFunctions.all, ArchiveFunctions.all, CmdFunctions.all, ConfigFunctions.all, CpFunctions.all,
      CredentialFunctions.all, CronFunctions.all, DataFunctions.all, DebconfFunctions.all, DefaultsFunctions.all,
      DiskFunctions.all, DNSFunctions.all, EnvironFunctions.all, EventFunctions.all, FileFunctions.all,
      GitFunctions.all, GrainsFunctions.all, GroupFunctions.all, HashutilFunctions.all, HostsFunctions.all,
      IniFunctions.all, IptablesFunctions.all, JinjaFunctions.all, LocaleFunctions.all, LogFunctions.all,
      MatchFunctions.all, MineFunctions.all, MountFunctions.all, NetworkFunctions.all, PillarFunctions.all,
      PkgFunctions.all, PkgResourceFunctions.all, PsFunctions.all, RandomFunctions.all, SaltutilFunctions.all,
      SDBFunctions.all, ServiceFunctions.all, ShadowFunctions.all, SlsutilFunctions.all, SSHFunctions.all,
      StaleFunctions.all, StateFunctions.all, StatusFunctions.all, SysctlFunctions.all, SysFunctions.all,
      TestFunctions.all, TimezoneFunctions.all, TLSFunctions.all, UserFunctions.all, X509Functions.all,
    ].flatMap { $0 })
}
