public import Functions

/// All functions that come with Brine.
public enum BuiltInFunctions {
  public static let registry = FunctionRegistry(
    [
      AlternativesFunctions.all, ArchiveFunctions.all, CmdFunctions.all, ConfigFunctions.all, CpFunctions.all,
      CredentialFunctions.all, CronFunctions.all,
      DebconfFunctions.all, DefaultsFunctions.all, DiskFunctions.all, EnvironFunctions.all, FileFunctions.all,
      GitFunctions.all, GrainsFunctions.all,
      AlternativesFunctions.all, CmdFunctions.all, ConfigFunctions.all, CpFunctions.all, CredentialFunctions.all,
      CronFunctions.all, DataFunctions.all, DNSFunctions.all,
      DebconfFunctions.all, DefaultsFunctions.all, DiskFunctions.all, EnvironFunctions.all, FileFunctions.all,
      GrainsFunctions.all,
      EventFunctions.all, IniFunctions.all, IptablesFunctions.all,
      HashutilFunctions.all, JinjaFunctions.all, MatchFunctions.all, RandomFunctions.all, SDBFunctions.all,
      GroupFunctions.all, HostsFunctions.all, LocaleFunctions.all, LogFunctions.all, MineFunctions.all,
      MountFunctions.all, NetworkFunctions.all,
      PillarFunctions.all, PkgFunctions.all, PkgResourceFunctions.all, PsFunctions.all,
      SSHFunctions.all, SaltutilFunctions.all,
      ServiceFunctions.all,
      ShadowFunctions.all,
      SlsutilFunctions.all, StaleFunctions.all, StateFunctions.all, StatusFunctions.all, SysFunctions.all,
      SysctlFunctions.all,
      TLSFunctions.all, TestFunctions.all, TimezoneFunctions.all, UserFunctions.all,
      X509Functions.all,
    ].flatMap { $0 })
}
