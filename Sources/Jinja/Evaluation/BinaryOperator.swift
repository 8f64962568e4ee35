/// Operators between two values. `concatenate` is Jinja's `~`, which joins the printed texts.
public enum BinaryOperator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "** or pow()"
  case concatenate = "~"
}
