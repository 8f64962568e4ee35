/// Nodes from what was read, by the rules of Salt's loader.
extension YAMLSource {
  /// A scalar. Those with the tags of `<<` and `=` come through: they are refused where a value is wanted.
  func scalar(_ text: String, tag: String, mark: YAMLMark) throws(YAMLError) -> YAMLNode {
    if tag == YAMLTag.merge || tag == YAMLTag.value {
      return YAMLNode(tag: tag, content: .scalar(.string(text), text: text), mark: mark)
    }
    guard YAMLTag.scalars.contains(tag) else { throw unfit(tag, kind: "a scalar", mark) }
    guard let value = YAMLResolver.value(of: text, tag: tag) else {
      throw error("'\(text)' is not of the type !!\(tag.dropFirst(YAMLTag.prefix.count))", at: mark)
    }
    return YAMLNode(tag: tag, content: .scalar(value, text: text), mark: mark)
  }

  func sequence(_ elements: [YAMLNode], tag: String?, mark: YAMLMark) throws(YAMLError) -> YAMLNode {
    let tag = tag ?? YAMLTag.seq
    guard YAMLTag.sequences.contains(tag) else { throw unfit(tag, kind: "a list", mark) }
    if tag != YAMLTag.seq, let odd = elements.first(where: { $0.entries?.count != 1 }) {
      throw error("an element of an ordered map is a map with one key", at: odd.mark)
    }
    return YAMLNode(tag: tag, content: .sequence(elements), mark: mark)
  }

  func mapping(_ entries: [YAMLNode.Entry], tag: String?, mark: YAMLMark) throws(YAMLError) -> YAMLNode {
    let tag = tag ?? YAMLTag.map
    guard YAMLTag.mappings.contains(tag) else { throw unfit(tag, kind: "a map", mark) }
    let merged = try merging(entries)
    var seen: [Value: YAMLMark] = [:]
    seen.reserveCapacity(merged.count)
    for entry in merged {
      guard case .scalar(let key, let text) = entry.key.content else {
        throw error(
          "a key is a plain value, not a \(entry.key.entries == nil ? "list" : "map")", at: entry.key.mark,
          advice: "A value that begins with '{' or '[' needs quotes; '{{ … }}' here was not rendered as Jinja.")
      }
      _ = try usable(entry.value)
      if let first = seen.updateValue(entry.key.mark, forKey: Self.comparable(key)) {
        let lines = [first.line, entry.key.line].sorted()
        let place = lines[0] == lines[1] ? "in line \(lines[0])" : "at line \(lines[0]) and at line \(lines[1])"
        throw error(
          "the key '\(text)' is there twice: \(place)", at: entry.key.mark,
          advice: "Keys of one map are unique; IDs of one SLS file are, too.")
      }
    }
    return YAMLNode(tag: tag, content: .mapping(merged), mark: mark)
  }

  /// Refuses the plain `<<` and `=` as values, as PyYAML does.
  func usable(_ node: YAMLNode) throws(YAMLError) -> YAMLNode {
    if node.tag == YAMLTag.merge || node.tag == YAMLTag.value {
      let text = node.tag == YAMLTag.merge ? "<<" : "="
      throw error(
        "'\(text)' alone has a meaning of its own in YAML", at: node.mark, advice: "Write '\(text)' in quotes.")
    }
    return node
  }

  /// The entries with those that `<<` names put first, unless the map has a key of the same text itself. Of a list of
  /// maps the last comes first.
  private func merging(_ entries: [YAMLNode.Entry]) throws(YAMLError) -> [YAMLNode.Entry] {
    guard entries.contains(where: { $0.key.tag == YAMLTag.merge }) else { return entries }
    var merged: [YAMLNode.Entry] = []
    for entry in entries where entry.key.tag == YAMLTag.merge {
      switch entry.value.content {
      case .mapping(let inner): merged += inner
      case .sequence(let maps):
        for map in maps.reversed() {
          guard let inner = map.entries else { throw error("'<<' merges maps only", at: map.mark) }
          merged += inner
        }
      case .scalar: throw error("'<<' takes a map or a list of maps", at: entry.value.mark)
      }
    }
    let own = entries.filter { $0.key.tag != YAMLTag.merge }
    let texts = Set(own.compactMap { Self.text($0.key) })
    return merged.filter { entry in Self.text(entry.key).map { !texts.contains($0) } ?? true } + own
  }

  private static func text(_ node: YAMLNode) -> String? {
    if case .scalar(_, let text) = node.content { text } else { nil }
  }

  /// Keys that Python holds equal are equal: `1`, `1.0` and `true`.
  private static func comparable(_ key: Value) -> Value {
    switch key {
    case .bool(let flag): .int(flag ? 1 : 0)
    case .double(let number): Int64(exactly: number).map(Value.int) ?? key
    default: key
    }
  }

  private func unfit(_ tag: String, kind: String, _ mark: YAMLMark) -> YAMLError {
    let name = tag.hasPrefix(YAMLTag.prefix) ? "!!" + tag.dropFirst(YAMLTag.prefix.count) : tag
    return error(
      "\(kind) cannot have the tag '\(name)'", at: mark, advice: "Text that begins with '!' stands in quotes.")
  }
}
