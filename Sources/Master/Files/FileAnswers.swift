public import OrderedCollections
public import Wire

/// The file server by itself, without a master around it: for whoever tries what it gives out.
public struct FileAnswers: Sendable {
  private let server: FileServer

  /// - Parameter roots: directories by environment.
  public init(roots: OrderedDictionary<String, [String]>) { server = FileServer(FileServerSettings(roots: roots)) }

  public func answer(_ request: FleetRequest) async -> FleetReply { await server.ask(request) }
}
