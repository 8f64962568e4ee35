import Functions
import OrderedCollections
import Value

extension PillarCompiler {
  /// Pillar that lies in git repositories: each of them has a top file of its own, and is compiled by itself.
  func gitPillar(_ setting: Value, _ problems: inout [PillarProblem]) async throws(PillarProblem) -> ValueMap {
    guard let git else {
      throw PillarProblem("Failed to load ext_pillar git: pillar from git is the master's; this host has none.")
    }
    var merged: ValueMap = [:]
    for part in try await git(setting, environment, context.options["saltenv"]?.stringValue) {
      if let environment, environment != part.environment { continue }
      let compiled = await PillarCompiler(part, of: self).compileFiles()
      merged = merge(merged, compiled.pillar)
      problems += compiled.problems
    }
    return merged
  }

  /// A compiler of one part. Its secrets are opened where the whole is.
  private init(_ part: GitPillarPart, of whole: PillarCompiler) {
    self = whole
    roots = FileRoots([part.environment: part.directories])
    files = PillarFiles(LocalFileSource(roots), beside: whole.files)
    share = nil
    override = [:]
    context.source = files
    context.pillar = [:]
    context.options["saltenv"] = .string(part.environment)
  }

  private func compileFiles() async -> CompiledPillar {
    var problems: [PillarProblem] = []
    let top = await self.top()
    let pillar = await render(top, context, &problems)
    return CompiledPillar(pillar: pillar, problems: problems + top.problems)
  }
}
