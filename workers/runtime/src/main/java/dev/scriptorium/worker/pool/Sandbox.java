package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far runners are shut in: a level, and the programs put before {@code java} to reach it.
 *
 * @param level what is reached
 * @param networkCut true when runners have no network
 * @param prefix command in front of the runner's own; empty for none
 */
public record Sandbox(Level level, boolean networkCut, List<String> prefix) {
  // A session of its own: Ctrl-C in a terminal is for the worker, which then drains.
  private static final List<String> APART = List.of("setsid", "--");
  private static final List<String> CUT = List.of("unshare", "--net", "--");
  // For users who may not make a network of their own, but a user namespace that may.
  private static final List<String> CUT_AS_USER =
      List.of("unshare", "--user", "--map-current-user", "--net", "--");
  private static final List<String> DROP =
      List.of("setpriv", "--no-new-privs", "--bounding-set=-all", "--pdeathsig=KILL", "--");
  private static final List<String> DROP_AS_USER =
      List.of("setpriv", "--no-new-privs", "--pdeathsig=KILL", "--");

  /** Copies the list. */
  public Sandbox {
    prefix = List.copyOf(prefix);
  }

  /** How far a runner can be shut in, strongest first. */
  public enum Level {
    /** No network, no files but its own folder and the program, own process numbers. */
    BWRAP,
    /** No new privileges, no capabilities; no network where the system allows to cut it. */
    SETPRIV,
    /** Nothing but the runner's own care. */
    NONE;

    /** As the protocol and the command line write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Shuts nothing in. */
  public static Sandbox none() {
    return new Sandbox(Level.NONE, false, List.of());
  }

  /**
   * Tries what the host allows.
   *
   * @param wanted {@code auto} for the strongest level, or a level's label
   * @throws IllegalArgumentException when {@code wanted} is no level, or cannot be reached here
   */
  public static Sandbox probe(String wanted) {
    List<Sandbox> candidates =
        switch (wanted) {
          case "auto" -> candidates();
          case "bwrap", "setpriv" ->
              candidates().stream().filter(s -> s.level().label().equals(wanted)).toList();
          case "none" -> List.of(none());
          default ->
              throw new IllegalArgumentException(
                  "sandbox '" + wanted + "': auto, bwrap, setpriv or none");
        };
    return candidates.stream()
        .filter(Sandbox::works)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("sandbox '" + wanted + "' does not work here"));
  }

  /**
   * True when it is at least as strong as this level.
   *
   * @throws IllegalArgumentException when it is no level
   */
  public boolean reaches(String required) {
    for (Level each : Level.values()) {
      if (each.label().equals(required)) {
        return level.compareTo(each) <= 0;
      }
    }
    throw new IllegalArgumentException("sandbox level '" + required + "': bwrap, setpriv or none");
  }

  /**
   * The command that starts a runner inside.
   *
   * @param command the runner's own command
   * @param readable files and folders that it reads, beyond the system's programs
   * @param writable folders that it writes
   */
  List<String> wrap(List<String> command, List<Path> readable, List<Path> writable) {
    List<String> all = new ArrayList<>(prefix);
    if (level == Level.BWRAP) {
      readable.forEach(path -> bind(all, "--ro-bind", path));
      writable.forEach(path -> bind(all, "--bind", path));
      all.add("--");
    }
    all.addAll(command);
    return all;
  }

  private static void bind(List<String> command, String how, Path path) {
    String place = path.toAbsolutePath().toString();
    command.addAll(List.of(how, place, place));
  }

  private static List<Sandbox> candidates() {
    return List.of(
        new Sandbox(Level.BWRAP, true, bwrap()),
        new Sandbox(Level.SETPRIV, true, joined(List.of(APART, CUT, DROP))),
        new Sandbox(Level.SETPRIV, true, joined(List.of(APART, CUT_AS_USER, DROP))),
        new Sandbox(Level.SETPRIV, false, joined(List.of(APART, DROP))),
        new Sandbox(Level.SETPRIV, false, joined(List.of(APART, DROP_AS_USER))),
        none());
  }

  private static List<String> bwrap() {
    List<String> command = new ArrayList<>(List.of("bwrap", "--ro-bind", "/usr", "/usr"));
    for (String place : List.of("/lib", "/lib64", "/bin")) {
      command.addAll(List.of("--ro-bind-try", place, place));
    }
    for (String place : List.of("/etc/fonts", "/etc/ld.so.cache", "/etc/java-25-openjdk")) {
      command.addAll(List.of("--ro-bind-try", place, place));
    }
    command.addAll(
        List.of(
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL"));
    return command;
  }

  private static List<String> joined(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private boolean works() {
    if (prefix.isEmpty()) {
      return true;
    }
    List<String> command = wrap(List.of("true"), List.of(), List.of());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      // The program is not installed: that is the answer.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
