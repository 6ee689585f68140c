package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The keys that a server makes for its operator and its workers with its first start, one file
 * each. A server with another data directory on the same database makes its own.
 */
public final class KeyFiles {
  private static final String ACCOUNT = "operator";
  private static final List<Role> ROLES = List.of(Role.OPERATOR, Role.WORKER);

  private final ApiKeyStore keys;
  private final Path folder;
  private final String serverName;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param system of a role that sees every account
   * @param folder where the files are; exists, and only we can enter it
   * @param serverName tells the keys of several servers apart
   */
  public KeyFiles(
      Database system, Path folder, String serverName, InstantSource clock, SecureRandom random) {
    this.keys = new ApiKeyStore(system);
    this.folder = folder;
    this.serverName = serverName;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes the keys that are missing, or that this database has never seen. A revoked key stays what
   * it is.
   *
   * @return the files that were written
   */
  public List<Path> ensure() throws IOException {
    List<Path> written = new ArrayList<>();
    for (Role role : ROLES) {
      Path file = folder.resolve(role.name().toLowerCase(Locale.ROOT) + ".key");
      if (!holdsKnownKey(file)) {
        write(file, create(role));
        written.add(file);
      }
    }
    return written;
  }

  private boolean holdsKnownKey(Path file) throws IOException {
    return Files.exists(file)
        && ApiKey.parse(Files.readString(file, US_ASCII).strip())
            .flatMap(key -> keys.find(key.id()))
            .isPresent();
  }

  private ApiKey create(Role role) {
    UUID account = keys.ensureAccount(ACCOUNT, UUID.randomUUID(), clock.instant());
    ApiKey key = ApiKey.generate(role, random);
    keys.insert(key, account, "made by server " + serverName, clock.instant());
    return key;
  }

  // Complete or absent: a worker may be waiting for the file.
  private void write(Path file, ApiKey key) throws IOException {
    Path unfinished =
        Files.createTempFile(
            folder,
            "key-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, key.text() + "\n", US_ASCII);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
