import Identity
import TestSupport
import Testing
import Value
import Wire
import ZeroMQ

/// An operator's connection that asks and does not read.
@Suite(.serialized) struct UnreadOperatorTests {
  @Test(.timeLimit(.minutes(2))) func itIsAnsweredNoMoreUntilItReads() async throws {
    try await withFleet { fleet in
      let person = try fleet.operatorIdentity()
      let client = try TestClient(fleet.operatorEndpoint, keys: person.keys, server: person.masterKey)
      try await client.connected()
      let count = 24_000
      for number in 1...count {
        let request = OperatorRequest(number: Int64(number), action: .pillarKey).encoded()
        // The client's own queue may be full for a moment.
        while await !client.send(request) { try await Task.sleep(for: .milliseconds(1)) }
      }
      var tickets: [Int64] = []
      var (answers, refusals, last) = (0, 0, 0 as Int64)
      while let bytes = await client.receive(within: .seconds(3)) {
        let reply = try OperatorReply(decoding: bytes)
        if let ticket = reply.ticket { tickets.append(ticket) }
        last = max(last, reply.number)
        if case .refused(let refusal) = reply.body {
          #expect(refusal.code == .unavailable)
          refusals += 1
        } else {
          answers += 1
        }
      }
      // A thousand may be under way when the limit is reached.
      #expect(answers <= 21_000 && answers > 100)
      #expect(refusals >= 1 && answers + refusals < count)
      // Others have answers meanwhile, with another key; this one again when it has read.
      for start in stride(from: 0, to: tickets.count, by: 1000) {
        let read = OperatorRequest(number: 0, action: .read(Array(tickets[start...].prefix(1000))))
        await client.send(read.encoded())
      }
      await client.send(OperatorRequest(number: 99_999, action: .pillarKey).encoded())
      let again = try #require(await client.receive(within: .seconds(10)))
      let reply = try OperatorReply(decoding: again)
      #expect(reply.number == 99_999)
      guard case .value = reply.body else { return #expect(Bool(false), "\(reply)") }
    }
  }
}
