/// When a job runs: the five fields, or a word such as `@daily`.
enum CronSchedule: Sendable, Hashable {
  case times(CronTimes)
  case special(String)

  static let names = ["minute", "hour", "daymonth", "month", "dayweek"]

  var text: String {
    switch self {
    case .times(let times): times.fields.joined(separator: " ")
    case .special(let word): word
    }
  }
}
