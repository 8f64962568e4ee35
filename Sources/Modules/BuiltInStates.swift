public import Functions

/// All states that come with Brine.
public enum BuiltInStates {
  public static let all: [StateFunction] =
    AlternativesStates.all + ArchiveStates.all + CmdStates.all + CredentialStates.all + CronStates.all
    + DebconfStates.all
    + EnvironStates.all + FileStates.all + GitStates.all + GrainsStates.all
    + GroupStates.all + HostStates.all + LocaleStates.all + ModuleStates.all + MountStates.all + PkgRepoStates.all
    + PkgStates.all
    + SSHAuthStates.all + SSHKnownHostsStates.all + ServiceStates.all
    AlternativesStates.all + CmdStates.all + CredentialStates.all + CronStates.all + DebconfStates.all
    + EnvironStates.all + EventStates.all + IniStates.all + IptablesStates.all + FileStates.all + GrainsStates.all
    + GroupStates.all + HostStates.all + LocaleStates.all + ModuleStates.all + PkgRepoStates.all + PkgStates.all
    + ServiceStates.all
    + StaleStates.all + SysctlStates.all + TestStates.all + TimezoneStates.all + UserStates.all
    + X509States.all
  public static let registry = StateRegistry(all)
}
