/// The version of this program.
public let brineVersion = "0.1.0"
