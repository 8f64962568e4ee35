import Glibc

/// A thread with the stack that a renderer gives a template: 8 MB. Test threads may have less.
enum RenderThread {
  private final class Job {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs something there and waits for it.
  static func run<Result>(_ body: @escaping () -> Result) -> Result? {
    var result: Result?
    withoutActuallyEscaping({ result = body() }) { action in
      let job = Job(action)
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      pthread_attr_setstacksize(&attributes, 8 << 20)
      var thread = pthread_t()
      let started = pthread_create(
        &thread, &attributes,
        { argument in
          if let argument { Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue().body() }
          return nil
        }, Unmanaged.passUnretained(job).toOpaque())
      if started == 0 { pthread_join(thread, nil) }
      pthread_attr_destroy(&attributes)
    }
    return result
  }
}
