public import HostSystem
public import OrderedCollections
public import Value

/// What a running function may use of the world. Tests give it a scripted command runner and a directory for a root.
public struct FunctionContext: Sendable {
  /// Starts programs.
  public var commands: any CommandRunner
  /// Reads and writes the host's files, below a root.
  public var files: HostFiles
  /// This host's grains.
  public var grains: ValueMap
  /// The minion's configuration as a map.
  public var options: ValueMap
  /// True under `test=True`: say what would change, change nothing.
  public var isTest: Bool
  /// True for a call that a template or a state makes, not an operator: Salt's `cmd.*` then use no shell unless
  /// `python_shell=True` asks for one, so that what a template puts together is never read by a shell.
  public var isNested = false
  /// The job this runs for; empty for `brine-minion call`.
  public var jobID: String
  /// Public keys (HPKE, raw 32 bytes X25519) of the operators a new secret is sealed to, by name.
  public var sealingKeys: [String: [UInt8]]
  /// The functions of this minion, for `sys.*` and functions that call others.
  public var registry: FunctionRegistry
  /// The state functions of this minion.
  public var states: StateRegistry
  /// This host's pillar.
  public var pillar: ValueMap
  /// Where `salt://` files come from.
  public var source: any FileSource
  /// The master that files and pillar come from, when something needs them; nil when this host's own count.
  public var master: (any MasterAccess)?
  /// Where `event.send` goes.
  public var events: any EventSink
  /// Looks at the host again; nil where a run is not to.
  public var refresh: (any HostRefresh)?
  /// Renders templates.
  public var templates: any TemplateRenderer
  /// Says how far a long job is, for `brine jobs watch`.
  public var progress: @Sendable (String) -> Void
  /// Marks the job failed though it returns a value (Salt's `retcode`): a command that exited with 1 is a failure whose
  /// output is wanted.
  public var reportExitCode: @Sendable (Int32) -> Void

  public init(
    commands: any CommandRunner, files: HostFiles, grains: ValueMap = [:], options: ValueMap = [:],
    isTest: Bool = false, jobID: String = "", sealingKeys: [String: [UInt8]] = [:],
    registry: FunctionRegistry = FunctionRegistry([]), states: StateRegistry = StateRegistry(), pillar: ValueMap = [:],
    source: any FileSource = NoFileSource(), master: (any MasterAccess)? = nil,
    events: any EventSink = NoEventSink(), templates: any TemplateRenderer = NoTemplateRenderer(),
    progress: @escaping @Sendable (String) -> Void = { _ in },
    reportExitCode: @escaping @Sendable (Int32) -> Void = { _ in }
  ) {
    self.commands = commands
    self.files = files
    self.grains = grains
    self.options = options
    self.isTest = isTest
    self.jobID = jobID
    self.sealingKeys = sealingKeys
    self.registry = registry
    self.states = states
    self.pillar = pillar
    self.source = source
    self.master = master
    self.events = events
    self.templates = templates
    self.progress = progress
    self.reportExitCode = reportExitCode
  }
}
