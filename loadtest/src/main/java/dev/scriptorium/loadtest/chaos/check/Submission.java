package dev.scriptorium.loadtest.chaos.check;

import java.util.List;

/**
 * A line of {@code history.jsonl}: what a client did.
 *
 * @param event {@code intended} before the first call, {@code acked} for every answer, {@code
 *     unknown} for every call that gave none
 * @param millis since the epoch, by the clients' clock
 * @param request the request's id
 * @param server that was called; empty for {@code intended}
 * @param intents what was wanted, for {@code intended}; empty for the others
 * @param jobs ids in the order of the intents, for {@code acked}; empty for the others
 * @param error what the call gave instead of an answer; empty when it gave one
 */
public record Submission(
    String event,
    long millis,
    String request,
    String server,
    List<Intent> intents,
    List<Long> jobs,
    String error) {
  /** Copies the lists. */
  public Submission {
    intents = List.copyOf(intents);
    jobs = List.copyOf(jobs);
  }
}
