public import OrderedCollections
public import Value

/// What a running state may use: all that functions have, and what the run and its declaration say.
public struct StateContext: Sendable {
  /// Commands, files, grains, pillar, templates, sources; `functions.isTest` says that nothing may be changed.
  public var functions: FunctionContext
  /// The declaration's id (`__id__`).
  public var id: String
  /// The SLS it stands in (`__sls__`), dotted.
  public var sls: String
  /// The environment (`__env__`).
  public var environment: String
  /// The whole low chunk with requisites and all words of the engine, for states that look at them
  /// (`file.directory: clean`).
  public var chunk: ValueMap
  /// All low chunks of the run in order (`__lowstate__`).
  public var lowChunks: [ValueMap]
  /// What states of one run leave for one another (`__context__`: file.accumulated, refreshed package lists).
  public var memory: StateMemory

  public init(
    functions: FunctionContext, id: String = "", sls: String = "", environment: String = "base", chunk: ValueMap = [:],
    lowChunks: [ValueMap] = [], memory: StateMemory = StateMemory()
  ) {
    self.functions = functions
    self.id = id
    self.sls = sls
    self.environment = environment
    self.chunk = chunk
    self.lowChunks = lowChunks
    self.memory = memory
  }

  public var isTest: Bool { functions.isTest }
}
