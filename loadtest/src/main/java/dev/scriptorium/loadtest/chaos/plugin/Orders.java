package dev.scriptorium.loadtest.chaos.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job is told to do, as its payload says it: {@code name=value} pairs between semicolons.
 *
 * @param intent the submitter's name of the job
 * @param traces folder for the trace of its execution; empty for none
 * @param steps parts of the work, at least 1; each but the last ends with a checkpoint
 * @param stepMillis length of a part
 * @param memoryBytes heap it fills meanwhile
 * @param forgetful true: begins anew whatever an earlier attempt has saved
 */
public record Orders(
    String intent, String traces, int steps, long stepMillis, int memoryBytes, boolean forgetful) {
  /** Checks the ranges. */
  public Orders {
    if (steps < 1 || stepMillis < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException(
          "%d steps of %d ms with %d bytes".formatted(steps, stepMillis, memoryBytes));
    }
  }

  /** The payload that says it. */
  public byte[] payload() {
    return "intent=%s;traces=%s;steps=%d;millis=%d;memory=%d;forgetful=%b"
        .formatted(intent, traces, steps, stepMillis, memoryBytes, forgetful)
        .getBytes(UTF_8);
  }

  /** Reads a payload. */
  public static Orders of(byte[] payload) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : new String(payload, UTF_8).split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("no name=value: " + pair);
      }
      values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Orders(
        values.getOrDefault("intent", ""),
        values.getOrDefault("traces", ""),
        Integer.parseInt(values.getOrDefault("steps", "1")),
        Long.parseLong(values.getOrDefault("millis", "0")),
        Integer.parseInt(values.getOrDefault("memory", "0")),
        Boolean.parseBoolean(values.getOrDefault("forgetful", "false")));
  }
}
