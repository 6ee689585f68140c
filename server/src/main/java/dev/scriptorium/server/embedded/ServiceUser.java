package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The user that embedded programs run as: ourselves, or, because Postgres refuses to run as root,
 * an ordinary user when we are root.
 *
 * @param name for messages
 * @param uid numeric user id
 * @param gid numeric group id
 * @param dropped true when this is not ourselves
 */
record ServiceUser(String name, int uid, int gid, boolean dropped) {
  private static final Path SELF = Path.of("/proc/self");
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final int NOBODY = 65534;

  /** True when this process is root, so that another user is needed. */
  static boolean needed() throws IOException {
    return Files.exists(SELF) && (int) Files.getAttribute(SELF, "unix:uid") == 0;
  }

  /** Root becomes {@code postgres} where there is such a user, else nobody. */
  static ServiceUser choose() throws IOException {
    if (!needed()) {
      int uid = (int) Files.getAttribute(SELF, "unix:uid");
      int gid = (int) Files.getAttribute(SELF, "unix:gid");
      return new ServiceUser(System.getProperty("user.name"), uid, gid, false);
    }
    ServiceUser postgres = find("postgres");
    return postgres == null ? new ServiceUser("nobody", NOBODY, NOBODY, true) : postgres;
  }

  private static @Nullable ServiceUser find(String name) throws IOException {
    try (Stream<String> lines = Files.lines(PASSWD)) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 3 && fields[0].equals(name))
          .map(f -> new ServiceUser(name, Integer.parseInt(f[2]), Integer.parseInt(f[3]), true))
          .findFirst()
          .orElse(null);
    }
  }

  /** Options of setpriv that become this user; none when we are this user. */
  List<String> setprivOptions() {
    List<String> options = new ArrayList<>();
    if (dropped) {
      options.addAll(List.of("--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
    }
    return options;
  }

  /** Makes the user the owner of one file or folder. */
  void own(Path path) throws IOException {
    if (dropped) {
      Files.setAttribute(path, "unix:gid", gid);
      Files.setAttribute(path, "unix:uid", uid);
    }
  }

  /**
   * Checks that the user can reach a folder.
   *
   * @param folder absolute; it need not belong to the user, its parents must be open to it
   * @throws DirectoryUnusableException naming the first parent that is closed
   */
  void checkReachable(Path folder) throws IOException {
    for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
      if (dropped && !canEnter(parent)) {
        throw new DirectoryUnusableException(
            "user %s, which runs the embedded database, cannot enter %s: choose another --data-dir or run chmod o+x %s"
                .formatted(name, parent, parent));
      }
    }
  }

  private boolean canEnter(Path folder) throws IOException {
    int mode = (int) Files.getAttribute(folder, "unix:mode");
    if ((int) Files.getAttribute(folder, "unix:uid") == uid) {
      return (mode & 0100) != 0;
    }
    if ((int) Files.getAttribute(folder, "unix:gid") == gid) {
      return (mode & 0010) != 0;
    }
    return (mode & 0001) != 0;
  }
}
