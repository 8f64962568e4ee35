/// The tags that YAML 1.1 gives to plain values.
enum YAMLTag {
  static let prefix = "tag:yaml.org,2002:"
  static let null = prefix + "null"
  static let bool = prefix + "bool"
  static let int = prefix + "int"
  static let float = prefix + "float"
  static let str = prefix + "str"
  static let unicode = prefix + "python/unicode"
  static let binary = prefix + "binary"
  static let timestamp = prefix + "timestamp"
  static let merge = prefix + "merge"
  static let value = prefix + "value"
  static let seq = prefix + "seq"
  static let omap = prefix + "omap"
  static let pairs = prefix + "pairs"
  static let map = prefix + "map"
  static let set = prefix + "set"

  static let scalars: Set<String> = [null, bool, int, float, str, unicode, binary, timestamp]
  static let sequences: Set<String> = [seq, omap, pairs]
  static let mappings: Set<String> = [map, set]
}
