import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct CrontabTests {
  private static let salts = """
    # my own
    0 5 * * 1 /home/me/weekly
    # Lines below here are managed by Salt, do not edit
    MAILTO=ops@example.com
    PATH=/usr/bin:/bin
    # nightly backup
    # keep two weeks SALT_CRON_IDENTIFIER:backup
    17 3 * * * /usr/local/bin/backup --all "a  b"
    # SALT_CRON_IDENTIFIER:/bin/true
    #DISABLED#*/5 * * * * /bin/true
    0 0 1 1 * /bin/plain
    # SALT_CRON_IDENTIFIER:boot
    @reboot /usr/local/bin/boot = 1

    """

  @Test func `what Salt wrote is read right and written the same`() {
    let crontab = Crontab(parsing: Self.salts)
    #expect(crontab.unmanaged == ["# my own", "0 5 * * 1 /home/me/weekly"])
    #expect(crontab.variables.map(\.name) == ["MAILTO", "PATH"])
    #expect(
      crontab.value["crons"]?[0] == [
        "minute": "17", "hour": "3", "daymonth": "*", "month": "*", "dayweek": "*",
        "cmd": "/usr/local/bin/backup --all \"a  b\"", "identifier": "backup",
        "comment": "nightly backup\nkeep two weeks", "commented": false,
      ])
    #expect(crontab.jobs[1].isCommented)
    #expect(crontab.jobs[1].comment == "")
    #expect(crontab.jobs[1].identifier == "/bin/true")
    #expect(crontab.jobs[2].comment == nil)
    #expect(crontab.jobs[2].identifier == nil)
    #expect(
      crontab.value["special"]?[0] == [
        "spec": "@reboot", "cmd": "/usr/local/bin/boot = 1", "identifier": "boot", "comment": "", "commented": false,
      ])
    #expect(crontab.others.isEmpty)
    #expect(crontab.text == Self.salts)
  }

  @Test func `a table without the marker is all the user's own`() {
    let text = "# x\nMAILTO=me\n* * * * * /bin/true\n\n# end\n"
    let crontab = Crontab(parsing: text)
    #expect(crontab.jobs.isEmpty)
    #expect(crontab.text == text + Crontab.marker + "\n")
    #expect(Crontab(parsing: "").text == Crontab.marker + "\n")
  }

  @Test(arguments: [
    "*\t*  * * *   cmd  with  blanks", "@daily\tcmd", "  5 4 * * sun x", "A = b c d e f g", "A=1 2 3 4 5 6",
    "* * * *", "@daily", "#DISABLED#nonsense", "=x", "#", "#DISABLED#", "# SALT_CRON_IDENTIFIER", "garbage line",
  ])
  func `odd lines survive, and a second writing changes nothing`(line: String) {
    let once = Crontab(parsing: "\(Crontab.marker)\n\(line)\n").text
    let twice = Crontab(parsing: once).text
    #expect(once == twice)
    let words = line.split { $0 == " " || $0 == "\t" || $0 == "=" }
    #expect(words.allSatisfy { once.contains($0) })
  }

  @Test func `blanks between fields are one, those of the command stay`() {
    let crontab = Crontab(parsing: "\(Crontab.marker)\n*\t*  * * *   cmd  with  blanks\n")
    #expect(crontab.jobs.map(\.command) == ["cmd  with  blanks"])
    #expect(crontab.text.hasSuffix("\n* * * * * cmd  with  blanks\n"))
  }

  @Test func `comments at the end are kept`() {
    let text = "\(Crontab.marker)\n0 0 * * * x\n# later\n"
    #expect(Crontab(parsing: text).text == text)
  }

  @Test(
    arguments: [
      (nil, "a", nil, true), (nil, "a", "id", true), (nil, "b", "id", false), ("id", "b", "id", true),
      ("id", "a", nil, false), ("id", "a", "other", false),
    ] as [(String?, String, String?, Bool)])
  func `jobs are found by identifier, or by command when they have none`(
    own: String?, command: String, identifier: String?, isFound: Bool
  ) {
    let entry = CronEntry(schedule: .special("@daily"), command: "a", comment: nil, identifier: own)
    #expect(entry.matches(command: command, identifier: identifier) == isFound)
  }

  @Test func `random fields are chosen once and in range`() throws {
    var generator = SystemRandomNumberGenerator()
    let wanted = ["random", "2:4", "random", "2", "MON"]
    for _ in 0..<50 {
      let times = try CronTimes(wanted: wanted, keeping: nil, using: &generator)
      let numbers = times.fields.prefix(3).compactMap(Int.init)
      #expect((0...59).contains(numbers[0]) && (2...4).contains(numbers[1]) && (1...28).contains(numbers[2]))
      #expect(times.fields[4] == "mon")
      #expect(try CronTimes(wanted: wanted, keeping: times, using: &generator) == times)
    }
  }

  @Test(arguments: ["", "1 2", "a;b", "$(x)", "#", "99:100", "x:y", "1\n2"])
  func `bad fields are refused`(field: String) {
    var generator = SystemRandomNumberGenerator()
    #expect(throws: (any Error).self) {
      try CronTimes(wanted: [field, "*", "*", "*", "*"], keeping: nil, using: &generator)
    }
  }
}
