package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.pool.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Servers that come before others when a runner is free again: those that were turned away because
 * others had been faster, and those whose job fell with its runner. Without it a server may lose
 * every race for as long as another has work. Confined to the worker's loop.
 */
final class Precedence {
  /** How long room that was announced to such a server is kept for it alone. */
  static final Duration KEPT = Duration.ofMillis(100);

  private final EventLoop loop;
  private final Runnable changed;
  private final Set<ServerLink> claims = new LinkedHashSet<>();
  // By what was told when: a claim that was used and made anew lives its whole time.
  private final Map<ServerLink, Object> told = new HashMap<>();

  /**
   * @param changed is run when a claim is over that its server has not used
   */
  Precedence(EventLoop loop, Runnable changed) {
    this.loop = loop;
    this.changed = changed;
  }

  /** The next room that nobody was promised before is this server's. */
  void claim(ServerLink link) {
    claims.add(link);
  }

  /** The server has used its claim, or is gone. */
  void settle(ServerLink link) {
    claims.remove(link);
    told.remove(link);
  }

  /** How many places are kept for others. */
  int before(ServerLink link) {
    int before = 0;
    for (ServerLink other : claims) {
      if (other.equals(link)) {
        return before;
      }
      before++;
    }
    return before;
  }

  /** The server was told that there is room. */
  void told(ServerLink link) {
    Object telling = new Object();
    if (claims.contains(link) && told.putIfAbsent(link, telling) == null) {
      loop.after(KEPT, () -> lapse(link, telling));
    }
  }

  private void lapse(ServerLink link, Object telling) {
    if (told.remove(link, telling)) {
      claims.remove(link);
      changed.run();
    }
  }
}
