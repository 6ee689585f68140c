package dev.scriptorium.server.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds the command lines of embedded programs, from the small tools that this system has. */
final class Programs {
  private final Optional<Path> setpriv = find("setpriv");
  private final Optional<Path> setsid = find("setsid");
  private final ServiceUser user;

  /**
   * @param user whom the programs run as
   * @throws EmbeddedStartException when we would have to change the user and cannot
   */
  Programs(ServiceUser user) throws EmbeddedStartException {
    this.user = user;
    if (user.dropped() && setpriv.isEmpty()) {
      throw new EmbeddedStartException(
          "root cannot run the embedded database without the program setpriv: start the server as"
              + " another user, install util-linux, or use --database-url");
    }
  }

  /**
   * A command that runs as the service user and at most as long as we do. The kernel sends it the
   * signal when the thread that started it ends, which is how even kill -9 reaches it. It gets a
   * session of its own, because Ctrl-C in a terminal goes to the whole process group and would take
   * the database away while the server still drains.
   *
   * @param signal for example {@code INT}
   */
  List<String> tied(String signal, List<String> command) {
    List<String> line = new ArrayList<>();
    setsid.ifPresent(tool -> line.add(tool.toString()));
    if (setpriv.isPresent()) {
      line.add(setpriv.get().toString());
      line.add("--pdeathsig=" + signal);
      line.addAll(user.setprivOptions());
      line.add("--");
    }
    line.addAll(command);
    return line;
  }

  private static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
