package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
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
  // Stands for the number of the runner's user.
  private static final String RUNNER = "{runner}";

  // A session of its own: Ctrl-C in a terminal is for the worker, which then drains.
  private static final List<String> APART = List.of("setsid", "--");
  private static final List<String> CUT = List.of("unshare", "--net", "--");
  private static final String READABLE =
      "for f in \"$@\"; do [ -r \"$f\" ] || [ -d \"$f\" -a -x \"$f\" ] || exit 1; done";

  // For users who may not make a network of their own, but a user namespace that may.
  private static final List<String> CUT_AS_USER =
      List.of("unshare", "--user", "--map-current-user", "--net", "--");
  // For root: a user that has nothing and can reach nobody else's.
  private static final List<String> DROP_TO_USER =
      List.of(
          "setpriv",
          "--reuid=" + RUNNER,
          "--regid=" + RUNNER,
          "--clear-groups",
          "--no-new-privs",
          "--bounding-set=-all",
          "--inh-caps=-all",
          "--pdeathsig=KILL",
          "--");
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
    /**
     * No new privileges, no capabilities; a user of its own when the worker is root; no network
     * where the system allows to cut it.
     */
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
    return probe(wanted, List.<Path>of());
  }

  /**
   * Tries what the host allows, so that runners can read their program and reach their folders.
   *
   * @throws IllegalArgumentException when {@code wanted} is no level, or cannot be reached here
   */
  public static Sandbox probe(String wanted, RunnerSettings runners) {
    List<Path> needed = new ArrayList<>(runners.classPathEntries());
    needed.add(runners.java());
    needed.add(runners.directory());
    return probe(wanted, needed.stream().filter(Files::exists).toList());
  }

  private static Sandbox probe(String wanted, List<Path> needed) {
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
        .filter(candidate -> candidate.works(needed))
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
   * @param directory the runner's own folder, which tells its user
   * @param readable files and folders that it reads, beyond the system's programs
   * @param writable folders that it writes
   */
  List<String> wrap(
      List<String> command, Path directory, List<Path> readable, List<Path> writable) {
    String user = Integer.toString(RunnerUser.of(directory).id());
    List<String> all = new ArrayList<>();
    prefix.forEach(part -> all.add(part.replace(RUNNER, user)));
    if (level == Level.BWRAP) {
      readable.forEach(path -> bind(all, "--ro-bind", path));
      writable.forEach(path -> bind(all, "--bind", path));
      all.addAll(List.of("--remount-ro", "/", "--"));
    }
    all.addAll(command);
    return all;
  }

  /** True when every runner has a user of its own. */
  public boolean ownUsers() {
    return prefix.stream().anyMatch(part -> part.contains(RUNNER));
  }

  /** Lets a runner have a folder, told by whose name it is the user of. */
  void admit(Path folder) throws IOException {
    if (ownUsers()) {
      RunnerUser.of(folder).own(folder);
    }
  }

  private static void bind(List<String> command, String how, Path path) {
    String place = path.toAbsolutePath().toString();
    command.addAll(List.of(how, place, place));
  }

  private static List<Sandbox> candidates() {
    return List.of(
        new Sandbox(Level.BWRAP, true, bwrap()),
        new Sandbox(Level.SETPRIV, true, joined(List.of(APART, CUT, DROP_TO_USER))),
        new Sandbox(Level.SETPRIV, false, joined(List.of(APART, DROP_TO_USER))),
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
            // Memory that nobody would count.
            "--size",
            "1048576",
            "--tmpfs",
            "/tmp",
            "--unshare-all",
            // Inside it is nobody; outside its files stay the worker's.
            "--uid",
            "65534",
            "--gid",
            "65534",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL"));
    return command;
  }

  private static List<String> joined(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private boolean works(List<Path> needed) {
    if (prefix.isEmpty()) {
      return true;
    }
    List<String> test = new ArrayList<>(List.of("sh", "-c", READABLE, "sh"));
    needed.forEach(path -> test.add(path.toAbsolutePath().toString()));
    List<String> command = wrap(test, Path.of("probe"), needed, List.of());
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
