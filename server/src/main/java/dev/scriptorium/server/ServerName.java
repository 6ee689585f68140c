package dev.scriptorium.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The name by which a server is known to others on the same database and takes over from its former
 * self. Two living servers must not share one, so that the host's name alone would not do.
 */
final class ServerName {
  private static final int MAX_LENGTH = 100;

  private ServerName() {}

  /** The chosen name, else the data directory's, which is made up once. */
  static String of(Optional<String> chosen, Path dataDir, RandomGenerator random)
      throws IOException {
    if (chosen.isPresent()) {
      return chosen.get();
    }
    Path file = dataDir.resolve("server.name");
    if (!Files.exists(file)) {
      String name = hostName() + "-" + HexFormat.of().toHexDigits(random.nextLong()).substring(8);
      Path unfinished = Files.writeString(dataDir.resolve("server.name.tmp"), name + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /**
   * @throws IllegalArgumentException when it is no name
   */
  static String check(String name) {
    if (name.isBlank() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("--name has 1 to " + MAX_LENGTH + " characters");
    }
    return name;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "server";
    }
  }
}
