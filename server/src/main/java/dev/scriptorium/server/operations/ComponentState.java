package dev.scriptorium.server.operations;

/**
 * How a part is that the server needs.
 *
 * @param name {@code database}, {@code cache}, {@code blobs} or {@code workers}
 * @param state how well it works
 * @param detail one line: what it is, or what is wrong with it
 */
public record ComponentState(String name, State state, String detail) {
  /** How well a part works. */
  public enum State {
    /** Works. */
    OK,
    /** Absent or slow; the system works without it. */
    DEGRADED,
    /** Needed and absent. */
    DOWN
  }
}
