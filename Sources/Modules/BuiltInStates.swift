public import Functions

/// All states that come with Brine.
public enum BuiltInStates {
  public static let all: [StateFunction] =
    [
      AclStates.all, AliasStates.all, AlternativesStates.all,
      ApacheStates.all,
      ArchiveStates.all, AtStates.all, BlockdevStates.all,
      CmdStates.all,
      CredentialStates.all,
      CronStates.all, DebconfStates.all, DiskStates.all, EnvironStates.all, EventStates.all, FileStates.all,
      GitStates.all, GrainsStates.all, GroupStates.all, HostStates.all, HTTPStates.all, IniStates.all,
      IptablesStates.all, KmodStates.all, LocaleStates.all, LogrotateStates.all, LoopStates.all, LvmStates.all,
      ModuleStates.all,
      MountStates.all, NftablesStates.all, PipStates.all, PkgRepoStates.all, PkgStates.all,
      PostgresStates.all,
      ProcessStates.all,
      SaltutilStates.all,
      ServiceStates.all,
      SSHAuthStates.all, SSHKnownHostsStates.all, StaleStates.all, StateconfStates.all, StatusStates.all,
      SysctlStates.all, SysfsStates.all, TestStates.all, TimezoneStates.all, UserStates.all, VirtualenvStates.all,
      WebutilStates.all,
      X509States.all,
    ].flatMap { $0 }
  public static let registry = StateRegistry(all)
}
