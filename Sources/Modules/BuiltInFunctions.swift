public import Functions

/// All functions that come with Brine.
public enum BuiltInFunctions {
  public static let registry = FunctionRegistry(
    CmdFunctions.all + CredentialFunctions.all + CronFunctions.all + DiskFunctions.all + FileFunctions.all
      + GrainsFunctions.all + GroupFunctions.all + NetworkFunctions.all + PkgFunctions.all + PsFunctions.all
      + ServiceFunctions.all + ShadowFunctions.all + StatusFunctions.all + SysFunctions.all + TLSFunctions.all
      + TestFunctions.all + UserFunctions.all)
}
