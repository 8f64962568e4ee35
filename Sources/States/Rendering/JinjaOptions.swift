import Jinja
import Value

/// Salt's options about Jinja (`jinja_sls_env` for SLS, `jinja_env` for other templates, the old `jinja_trim_blocks` and
/// `jinja_lstrip_blocks` for both, `allow_undefined`).
enum JinjaOptions {
  static func options(_ configuration: ValueMap, isSLS: Bool) -> TemplateOptions {
    var options = TemplateOptions()
    if configuration["jinja_trim_blocks"] == true { options.trimBlocks = true }
    if configuration["jinja_lstrip_blocks"] == true { options.lstripBlocks = true }
    if configuration["allow_undefined"] == true { options.allowsUndefined = true }
    for (key, value) in configuration[isSLS ? "jinja_sls_env" : "jinja_env"]?.mapValue ?? [:] {
      guard let flag = value.boolValue else { continue }
      switch key.description.lowercased() {
      case "trim_blocks": options.trimBlocks = flag
      case "lstrip_blocks": options.lstripBlocks = flag
      case "keep_trailing_newline": options.keepTrailingNewline = flag
      default: continue
      }
    }
    return options
  }
}
