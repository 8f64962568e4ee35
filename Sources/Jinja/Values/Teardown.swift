import Glibc

/// Lets go of nested values one after the other: a list in a list in a list, a hundred thousand deep, would otherwise end
/// the process when the outermost is freed, since each release runs inside the one before.
enum Teardown {
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  /// What waits to be released on this thread.
  private final class Waiting { var values: [TemplateValue] = [] }

  static func release(_ values: inout [TemplateValue]) {
    guard values.contains(where: \.isContainer), let key else { return }
    if let running = pthread_getspecific(key) {
      Unmanaged<Waiting>.fromOpaque(running).takeUnretainedValue().values.append(contentsOf: values)
      values = []
      return
    }
    let waiting = Waiting()
    swap(&waiting.values, &values)
    pthread_setspecific(key, Unmanaged.passUnretained(waiting).toOpaque())
    while let value = waiting.values.popLast() {
      if case .tuple(let elements) = value { waiting.values.append(contentsOf: elements) }
    }
    pthread_setspecific(key, nil)
  }
}

extension TemplateValue {
  /// Whether it can hold other values.
  var isContainer: Bool {
    switch self {
    case .list, .tuple, .dict, .object: true
    default: false
    }
  }
}
