public import Functions

/// All states that come with Brine.
public enum BuiltInStates {
  public static let all: [StateFunction] =
    [
      AlternativesStates.all, ArchiveStates.all, CmdStates.all, CredentialStates.all, CronStates.all,
      DebconfStates.all, EnvironStates.all, EventStates.all, FileStates.all, GitStates.all, GrainsStates.all,
      GroupStates.all, HostStates.all, IniStates.all, IptablesStates.all, LocaleStates.all, ModuleStates.all,
      MountStates.all, PkgRepoStates.all, PkgStates.all, ServiceStates.all, SSHAuthStates.all,
      SSHKnownHostsStates.all, StaleStates.all, SysctlStates.all, TestStates.all, TimezoneStates.all, UserStates.all,
      X509States.all,
    ].flatMap { $0 }
  public static let registry = StateRegistry(all)
}
