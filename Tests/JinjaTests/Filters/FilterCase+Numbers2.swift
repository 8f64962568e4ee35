extension FilterCase {
  static let numbers2: [FilterCase] = [
    FilterCase("{{ '1gib'|human_to_bytes }}", "1073741824"),
    FilterCase("{{ '1 kb'|human_to_bytes }}", "1024"),
    FilterCase("{{ ''|human_to_bytes }}", "0"),
    FilterCase("{{ '.5k'|human_to_bytes }}", "512"),
    FilterCase("{{ '5B'|human_to_bytes }}", "5"),
    FilterCase("{{ '1.5'|human_to_bytes('kb',true) }}", "1500"),
    FilterCase("{{ '-5'|human_to_bytes }}", "0"),
    FilterCase("{{ none|human_to_bytes }}", "0"),
    FilterCase("{{ 'x'|str_to_num }}", "x"),
    FilterCase("{{ ''|str_to_num }}", ""),
    FilterCase("{{ '0x1f'|str_to_num }}", "0x1f"),
    FilterCase("{{ '１'|to_num }}", "1"),
  ]
}
