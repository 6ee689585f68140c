package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends signals that Java has no word for. */
public final class Signals {
  private Signals() {}

  /**
   * Sends a signal.
   *
   * @param signal for example {@code STOP}
   */
  public static void send(String signal, long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
            .redirectErrorStream(true)
            .start();
    kill.getOutputStream().close();
    // A process that has gone meanwhile is no error: faults race with each other.
    if (!kill.waitFor(5, TimeUnit.SECONDS)) {
      kill.destroyForcibly();
    }
  }
}
