public import Functions

/// All functions that come with Brine.
public enum BuiltInFunctions {
  public static let registry = FunctionRegistry(
    [
      AclFunctions.all, AliasesFunctions.all, AlternativesFunctions.all,
      ApacheFunctions.all,
      ArchiveFunctions.all, AtFunctions.all,
      CmdFunctions.all,
      ConfigFunctions.all, CpFunctions.all, CredentialFunctions.all, CronFunctions.all, DataFunctions.all,
      DebconfFunctions.all, DefaultsFunctions.all, DiskFunctions.all, DNSFunctions.all, EnvironFunctions.all,
      EventFunctions.all, FileFunctions.all, GitFunctions.all, GrainsFunctions.all, GroupFunctions.all,
      HashutilFunctions.all, HostsFunctions.all, HTTPFunctions.all, IniFunctions.all, IptablesFunctions.all,
      JinjaFunctions.all, KmodFunctions.all, LocaleFunctions.all, LogFunctions.all, LogrotateFunctions.all,
      LvmFunctions.all,
      MatchFunctions.all, MineFunctions.all, MountFunctions.all, NetworkFunctions.all, NftablesFunctions.all,
      PillarFunctions.all,
      PipFunctions.all,
      PkgFunctions.all, PkgResourceFunctions.all,
      PostgresFunctions.all,
      PsFunctions.all, RandomFunctions.all, SaltutilFunctions.all,
      SDBFunctions.all, ServiceFunctions.all, ShadowFunctions.all, SlsutilFunctions.all, SSHFunctions.all,
      StaleFunctions.all, StateFunctions.all, StatusFunctions.all, SysctlFunctions.all, SysFunctions.all,
      SystemFunctions.all, TempFunctions.all,
      TestFunctions.all, TimezoneFunctions.all, TLSFunctions.all, UserFunctions.all, VirtualenvFunctions.all,
      WebutilFunctions.all,
      X509Functions.all,
    ].flatMap { $0 })
}
