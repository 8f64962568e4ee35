import Testing
import Value

/// What the loader of Salt 3008 makes of each plain scalar.
@Suite struct YAMLScalarTests {
  static let scalars: [(String, Value)] = [
    ("0644", .int(644)),
    ("-0644", .int(-420)),
    ("+0644", .int(420)),
    ("00", .int(0)),
    ("0", .int(0)),
    ("-0", .int(0)),
    ("+0", .int(0)),
    ("0_7", .int(7)),
    ("08", .string("08")),
    ("09", .string("09")),
    ("0o17", .string("0o17")),
    ("0b101", .int(5)),
    ("0b1_0", .int(2)),
    ("-0b11", .int(-3)),
    ("0x1F", .int(31)),
    ("-0x1f", .int(-31)),
    ("0X1F", .string("0X1F")),
    ("0B1", .string("0B1")),
    ("1_000", .int(1000)),
    ("+12", .int(12)),
    ("-12", .int(-12)),
    ("12:30", .int(750)),
    ("12:60", .string("12:60")),
    ("1:2:3", .int(3723)),
    ("-1:30", .int(-90)),
    ("+1:30", .int(90)),
    ("0:30", .string("0:30")),
    ("09:30", .string("09:30")),
    ("190:20:30", .int(685230)),
    ("190:20:30.15", .double(685230.15)),
    ("1:30.5", .double(90.5)),
    ("-1:30.5", .double(-90.5)),
    ("00:30.5", .double(30.5)),
    ("12:30:45", .int(45045)),
    ("1e3", .string("1e3")),
    ("1E3", .string("1E3")),
    ("1.0e3", .string("1.0e3")),
    ("1.0e+3", .double(1000.0)),
    ("1.5E-2", .double(0.015)),
    ("1.", .double(1.0)),
    (".", .string(".")),
    (".5", .double(0.5)),
    ("-.5", .string("-.5")),
    ("+.5", .string("+.5")),
    ("._1", .string("._1")),
    ("1_0.5", .double(10.5)),
    ("1._5", .double(1.5)),
    ("1._", .double(1.0)),
    (".inf", .double(.infinity)),
    ("-.inf", .double(-.infinity)),
    ("+.inf", .double(.infinity)),
    (".Inf", .double(.infinity)),
    (".INF", .double(.infinity)),
    (".iNF", .string(".iNF")),
    (".nan", .double(.nan)),
    (".NaN", .double(.nan)),
    (".NAN", .double(.nan)),
    ("-.nan", .string("-.nan")),
    ("~", .null),
    ("null", .null),
    ("Null", .null),
    ("NULL", .null),
    ("nULL", .string("nULL")),
    ("yes", true),
    ("Yes", true),
    ("YES", true),
    ("yES", .string("yES")),
    ("no", false),
    ("No", false),
    ("NO", false),
    ("true", true),
    ("True", true),
    ("TRUE", true),
    ("tRUE", .string("tRUE")),
    ("false", false),
    ("False", false),
    ("FALSE", false),
    ("on", true),
    ("On", true),
    ("ON", true),
    ("oN", .string("oN")),
    ("off", false),
    ("Off", false),
    ("OFF", false),
    ("oFF", .string("oFF")),
    ("y", .string("y")),
    ("n", .string("n")),
    ("Y", .string("Y")),
    ("N", .string("N")),
    ("None", .string("None")),
    ("none", .string("none")),
    ("2024-01-01", .string("2024-01-01")),
    ("2024-1-1", .string("2024-1-1")),
    ("2024-01-01T10:00:00Z", .string("2024-01-01T10:00:00Z")),
    ("2001-12-14t21:59:43.10-05:00", .string("2001-12-14t21:59:43.10-05:00")),
    ("1.2.3", .string("1.2.3")),
    ("10.0.0.1", .string("10.0.0.1")),
    ("1-2", .string("1-2")),
    ("--", .string("--")),
    ("9223372036854775807", .int(9_223_372_036_854_775_807)),
    ("9223372036854775808", .double(9.223372036854776e+18)),
    ("-9223372036854775808", .int(.min)),
    ("18446744073709551616", .double(1.8446744073709552e+19)),
    ("123456789012345678901234567890", .double(1.2345678901234568e+29)),
    ("0x7fffffffffffffff", .int(9_223_372_036_854_775_807)),
    ("0x8000000000000000", .double(9.223372036854776e+18)),
    ("1__0", .int(10)),
    ("1_", .int(1)),
    ("_1", .string("_1")),
    ("0x", .string("0x")),
    ("0b", .string("0b")),
    ("1e+3", .string("1e+3")),
    ("12:3a", .string("12:3a")),
    ("00:00", .string("00:00")),
    ("1:00", .int(60)),
    ("1:0", .int(60)),
    ("1:5", .int(65)),
    ("1:59", .int(119)),
    ("1:60", .string("1:60")),
    ("100:59", .int(6059)),
    ("1_0:30", .int(630)),
    ("+.5e+3", .string("+.5e+3")),
    (".5e+3", .double(500.0)),
    (".5e3", .string(".5e3")),
    ("3.14159", .double(3.14159)),
    ("-3.14", .double(-3.14)),
    ("+3.0", .double(3.0)),
    ("6.8523015e+5", .double(685230.15)),
    ("685.230_15e+03", .double(685230.15)),
    ("685_230.15", .double(685230.15)),
    ("0.1", .double(0.1)),
    ("1e-5", .string("1e-5")),
    ("0.00001", .double(1e-05)),
    ("16:00", .int(960)),
    ("22:22", .int(1342)),
    ("8:8", .int(488)),
    ("1.5_", .double(1.5)),
    ("012", .int(12)),
    ("0777", .int(777)),
    ("0888", .string("0888")),
    ("017", .int(17)),
    ("1,000", .string("1,000")),
    ("1", .int(1)),
    ("007", .int(7)),
    ("0.0", .double(0.0)),
    ("-0.0", .double(-0.0)),
    ("+0.0", .double(0.0)),
    ("0001.5", .double(1.5)),
    ("00.5", .double(0.5)),
    ("01.5", .double(1.5)),
    ("1.e+3", .double(1000.0)),
    ("12", .int(12)),
  ]

  @Test(arguments: scalars)
  func isReadAsSaltReadsIt(text: String, value: Value) throws {
    let read = try YAMLParser.value(of: "key: \(text)")["key"]
    #expect(read == value || read?.doubleValue?.isNaN == true && value.doubleValue?.isNaN == true)
  }

  @Test(arguments: scalars)
  func theSameTextAsAStringIsWrittenSo(text: String, _: Value) throws {
    #expect(try YAMLParser.value(of: YAMLWriter.write([.string(text)])) == [.string(text)])
  }

  @Test func tagsSayOtherwise() throws {
    let text = """
      int: !!int '0644'
      float: !!float 1
      str: !!str 12
      bool: !!bool yes
      null: !!null x
      binary: !!binary aGVsbG8
      date: !!timestamp 2001-01-01
      unicode: !!python/unicode abc
      set: !!set {x, y}
      omap: !!omap [a: 1, b: 2]
      bare: ! 12
      """
    #expect(
      try YAMLParser.value(of: text) == [
        "int": 644, "float": 1.0, "str": "12", "bool": true, .null: .null, "binary": .bytes(Array("hello".utf8)),
        "date": "2001-01-01", "unicode": "abc", "set": ["x", "y"], "omap": [["a", 1], ["b", 2]], "bare": 12,
      ])
  }

  @Test(arguments: [
    "!!int 12.5", "!!int abc", "!!bool maybe", "!!float x", "0_", "0x_", "!foo 1", "!!str {a: 1}", "=", "<<",
  ])
  func refusesWhatSaltRefuses(text: String) {
    #expect(throws: YAMLError.self) { try YAMLParser.value(of: "key: \(text)") }
  }
}
