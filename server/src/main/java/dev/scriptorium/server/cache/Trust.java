package dev.scriptorium.server.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Knows until when a server may believe its memory: a while after the last moment at which it is
 * known to have heard all that any server had changed. That takes two things: its own beat came
 * back through the channel, and with it all that was sent before; and every other server's beat
 * goes on, which it does only behind what that server had to send. Thread-safe.
 */
final class Trust {
  /** Servers are believed to have nothing new only so long after their last beat. */
  static final Duration LEASE = Duration.ofMillis(600);

  /** A server that went without a word is waited for this long. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The beat of a server that has gone for good. */
  static final String GOODBYE = "gone";

  /**
   * @param beat the last one seen
   * @param atNanos a moment before which it was not seen
   */
  private record Seen(String beat, long atNanos) {}

  private final String server;
  private final LongSupplier nanos;
  private final Map<String, Seen> others = new HashMap<>();
  private boolean open;
  private boolean confirmed;
  private long confirmedNanos;
  private boolean awaiting;
  private long awaitingNanos;
  private long lastRoundNanos;
  private volatile boolean nobody = true;
  private volatile long untilNanos;

  Trust(String server, LongSupplier nanos) {
    this.server = server;
    this.nanos = nanos;
    this.untilNanos = nanos.getAsLong();
  }

  String server() {
    return server;
  }

  /** True while memory may be believed. */
  boolean holds() {
    return nanos.getAsLong() - untilNanos < 0;
  }

  /** True when no other server was ever seen, or all have said goodbye. */
  boolean seesNobody() {
    return nobody;
  }

  /** The channel is open. */
  synchronized void opened() {
    open = true;
    confirmed = false;
    awaiting = false;
    lastRoundNanos = nanos.getAsLong();
  }

  /** The channel is broken. */
  synchronized void lost() {
    open = false;
    confirmed = false;
    untilNanos = nanos.getAsLong();
  }

  /** A beat is about to be sent, behind all that this server has changed. */
  synchronized void beatGoesOut() {
    if (!awaiting) {
      awaiting = true;
      awaitingNanos = nanos.getAsLong();
    }
  }

  /** The own beat has come back through the channel. */
  synchronized void beatCameBack() {
    if (awaiting) {
      awaiting = false;
      confirmed = open;
      confirmedNanos = awaitingNanos;
      extend();
    }
  }

  /**
   * The beats of all servers as they were at the end of a round.
   *
   * @return true when a server was given up that has not said goodbye
   */
  synchronized boolean beats(Map<String, String> beats) {
    long before = lastRoundNanos;
    lastRoundNanos = nanos.getAsLong();
    beats.forEach((name, beat) -> see(name, beat, before));
    int known = others.size();
    others.values().removeIf(seen -> lastRoundNanos - seen.atNanos() > PATIENCE.toNanos());
    nobody = others.isEmpty();
    extend();
    return others.size() < known;
  }

  private void see(String name, String beat, long before) {
    if (name.equals(server)) {
      return;
    }
    if (beat.equals(GOODBYE)) {
      others.remove(name);
      return;
    }
    Seen seen = others.get(name);
    if (seen == null || !seen.beat().equals(beat)) {
      others.put(name, new Seen(beat, before));
    }
  }

  private void extend() {
    if (confirmed) {
      long heard = confirmedNanos;
      for (Seen seen : others.values()) {
        heard = seen.atNanos() - heard < 0 ? seen.atNanos() : heard;
      }
      untilNanos = heard + LEASE.toNanos();
    }
  }
}
