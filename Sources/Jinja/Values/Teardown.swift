import Glibc

/// Lets go of nested values one after the other: a list in a list in a list, a hundred thousand deep, would otherwise end
/// the process when the outermost is freed, since each release runs inside the one before.
enum Teardown {
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  /// What waits to be released on this thread.
  private final class Waiting {
    var values: [TemplateValue] = []
    var objects: [AnyObject] = []
  }

  /// Releases values that an object held, which is being freed.
  static func release(_ values: inout [TemplateValue]) {
    guard values.contains(where: \.isContainer) else { return }
    add { waiting in
      if waiting.values.isEmpty { swap(&waiting.values, &values) } else { waiting.values.append(contentsOf: values) }
    }
    values = []
  }

  /// Releases an object that an object held, which is being freed.
  static func release(_ object: inout (some AnyObject)?) {
    guard let held = object else { return }
    add { $0.objects.append(held) }
    object = nil
  }

  private static func add(_ body: (Waiting) -> Void) {
    guard let key else { return }
    if let running = pthread_getspecific(key) {
      body(Unmanaged<Waiting>.fromOpaque(running).takeUnretainedValue())
      return
    }
    let waiting = Waiting()
    body(waiting)
    pthread_setspecific(key, Unmanaged.passUnretained(waiting).toOpaque())
    while true {
      if let value = waiting.values.popLast() {
        if case .tuple(let elements) = value { waiting.values.append(contentsOf: elements) }
      } else if waiting.objects.popLast() == nil {
        break
      }
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
