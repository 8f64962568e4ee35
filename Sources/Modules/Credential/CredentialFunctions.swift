public import Functions

/// `credential.*`: rotating passwords, keys and certificates, and what was rotated.
public enum CredentialFunctions {
  public static let all: [Function] = [rotate, install, cancel, list, status]
}
