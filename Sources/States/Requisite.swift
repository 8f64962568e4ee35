/// What one state says of another, after `_in`, `use`, globs and names have been resolved.
public enum Requisite: String, Sendable, Hashable, CaseIterable {
  case require, watch, prereq, onchanges, onfail, listen
  case requireAny = "require_any"
  case watchAny = "watch_any"
  case onchangesAny = "onchanges_any"
  case onfailAny = "onfail_any"
  case onfailAll = "onfail_all"
}
