package dev.scriptorium.loadtest.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time that the parts have used, in microseconds since they began. Unlike rates it hardly
 * depends on what else the machine does.
 *
 * @param server the control server
 * @param database all processes of Postgres
 * @param worker the worker
 */
record Processors(long server, long database, long worker) {
  private static final long TICK_MICROS = 10_000;
  private static final int USER_TIME = 11;

  static Processors now(Rig rig) {
    return new Processors(
        micros(rig.server().process().pid()),
        rig.server().process().children("postgres").stream()
            .mapToLong(child -> micros(child.pid()))
            .sum(),
        micros(rig.worker().pid()));
  }

  Processors minus(Processors earlier) {
    return new Processors(
        server - earlier.server, database - earlier.database, worker - earlier.worker);
  }

  // Fields are counted behind the name, which is in parentheses and may hold anything.
  static long micros(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
      return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(USER_TIME + 1)))
          * TICK_MICROS;
    } catch (IOException e) {
      // It has just ended.
      return 0;
    }
  }
}
