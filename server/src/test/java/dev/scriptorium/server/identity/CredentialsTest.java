package dev.scriptorium.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.Await;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock(Instant.parse("2030-01-01T00:00:00Z"));
  private final Credentials credentials =
      new Credentials(database.scheduler(), _ -> Optional.empty(), clock);

  @Test
  void aStoredKeyNamesItsCaller() {
    UUID owner = database.createAccount();
    ApiKey key = store(owner, Role.READER);

    assertThat(credentials.caller(key.text())).contains(new Caller(owner, key.id(), Role.READER));
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThat(credentials.caller(ApiKey.generate(Role.OPERATOR, RANDOM).text())).isEmpty();
  }

  @Test
  void aKnownIdWithAnotherSecretIsRefused() {
    ApiKey key = store(database.createAccount(), Role.READER);
    ApiKey forged = new ApiKey(key.role(), key.id(), ApiKey.generate(Role.READER, RANDOM).secret());

    assertThat(credentials.caller(forged.text())).isEmpty();
  }

  @Test
  void theDatabaseDecidesTheRoleWhateverTheKeySays() {
    ApiKey key = store(database.createAccount(), Role.READER);
    ApiKey dressedUp = new ApiKey(Role.OPERATOR, key.id(), key.secret());

    assertThat(credentials.caller(dressedUp.text())).map(Caller::role).contains(Role.READER);
  }

  @Test
  void anExpiredKeyIsRefused() {
    ApiKey key = store(database.createAccount(), Role.READER);
    set(key, "expires_at = :at", clock.instant().plusSeconds(10));
    assertThat(fresh().caller(key.text())).isPresent();

    clock.advance(Duration.ofSeconds(10));

    assertThat(fresh().caller(key.text())).isEmpty();
  }

  @Test
  void aRevokedKeyIsRefused() {
    ApiKey key = store(database.createAccount(), Role.READER);
    set(key, "revoked_at = :at", clock.instant());

    assertThat(credentials.caller(key.text())).isEmpty();
  }

  @Test
  void aKeyIsLookedUpOnce() {
    ApiKey key = store(database.createAccount(), Role.READER);
    assertThat(credentials.caller(key.text())).isPresent();
    database.statements().reset();

    assertThat(credentials.caller(key.text())).isPresent();
    assertThat(database.statements().statements()).isEmpty();
  }

  @Test
  void whoeverComesDuringALookUpWaitsForItInsteadOfMakingAnother() throws Exception {
    Caller reader = new Caller(new UUID(0, 1), "token", Role.READER);
    AtomicInteger lookUps = new AtomicInteger();
    CountDownLatch answer = new CountDownLatch(1);
    Credentials slow =
        new Credentials(
            database.scheduler(),
            _ -> {
              lookUps.incrementAndGet();
              awaitQuietly(answer);
              return Optional.of(reader);
            },
            clock);
    List<FutureTask<Optional<Caller>>> calls =
        Stream.generate(() -> new FutureTask<>(() -> slow.caller("a token"))).limit(50).toList();

    List<Thread> threads = calls.stream().map(Thread::startVirtualThread).toList();
    Await.until(
        "all but the first wait for it",
        Duration.ofSeconds(5),
        () ->
            threads.stream().filter(each -> each.getState() == Thread.State.WAITING).count() == 49);
    answer.countDown();

    for (FutureTask<Optional<Caller>> call : calls) {
      assertThat(call.get(5, TimeUnit.SECONDS)).contains(reader);
    }
    assertThat(lookUps).hasValue(1);
  }

  @Test
  void whatWasReadBeforeItWasRevokedIsNotRemembered() {
    Caller reader = new Caller(new UUID(0, 1), "token", Role.READER);
    AtomicReference<Credentials> self = new AtomicReference<>();
    self.set(
        new Credentials(
            database.scheduler(),
            _ -> {
              self.get().forgetUser(reader.owner());
              return Optional.of(reader);
            },
            clock));

    assertThat(self.get().caller("a token")).contains(reader);

    assertThat(self.get().remembered("a token")).isEmpty();
  }

  @Test
  void whoeverComesAfterARevocationDoesNotJoinALookUpFromBeforeIt() {
    Caller reader = new Caller(new UUID(0, 1), "token", Role.READER);
    AtomicReference<Credentials> self = new AtomicReference<>();
    AtomicReference<Optional<Caller>> later = new AtomicReference<>(Optional.of(reader));
    AtomicInteger lookUps = new AtomicInteger();
    self.set(
        new Credentials(
            database.scheduler(),
            token -> {
              if (lookUps.incrementAndGet() > 1) {
                return Optional.empty();
              }
              // It is revoked and used again while the first answer is on its way.
              self.get().forgetUser(reader.owner());
              later.set(self.get().caller(token));
              return Optional.of(reader);
            },
            clock));

    assertThat(self.get().caller("a token")).contains(reader);

    assertThat(later.get()).isEmpty();
    assertThat(self.get().familiar("a token")).isFalse();
  }

  @Test
  void aKeyThatWasGoodStaysFamiliarUntilItTurnsOutBad() {
    ApiKey key = store(database.createAccount(), Role.READER);
    assertThat(credentials.familiar(key.text())).isFalse();
    assertThat(credentials.caller(key.text())).isPresent();
    set(key, "revoked_at = :at", clock.instant());

    clock.advance(Duration.ofMinutes(1));

    assertThat(credentials.remembered(key.text())).isEmpty();
    assertThat(credentials.familiar(key.text())).isTrue();
    assertThat(credentials.caller(key.text())).isEmpty();
    assertThat(credentials.familiar(key.text())).isFalse();
  }

  @Test
  void aMistypedKeyIsRefusedWithoutAskingTheDatabase() {
    String text = store(database.createAccount(), Role.READER).text();
    database.statements().reset();

    assertThat(credentials.caller(text.replace(text.charAt(30), '-'))).isEmpty();
    assertThat(credentials.caller(text + "0")).isEmpty();
    assertThat(credentials.caller("")).isEmpty();
    assertThat(database.statements().statements()).isEmpty();
  }

  @Test
  void theFirstStartWritesKeysThatWorkAndTheNextKeepsThem() throws IOException {
    assertThat(keyFiles(folder).ensure()).hasSize(2);
    String operator = Files.readString(folder.resolve("operator.key")).strip();
    String worker = Files.readString(folder.resolve("worker.key")).strip();

    assertThat(keyFiles(folder).ensure()).isEmpty();
    assertThat(credentials.caller(operator)).map(Caller::role).contains(Role.OPERATOR);
    assertThat(credentials.caller(worker)).map(Caller::role).contains(Role.WORKER);
    assertThat(Files.getPosixFilePermissions(folder.resolve("operator.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aServerWithAnotherDirectoryMakesItsOwnKeys() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    keyFiles(folder).ensure();
    keyFiles(other).ensure();

    String first = Files.readString(folder.resolve("operator.key")).strip();
    String second = Files.readString(other.resolve("operator.key")).strip();

    assertThat(first).isNotEqualTo(second);
    assertThat(credentials.caller(first).map(Caller::owner))
        .isEqualTo(credentials.caller(second).map(Caller::owner));
  }

  @Test
  void aKeyThatThisDatabaseHasNeverSeenIsReplaced() throws IOException {
    Path file = folder.resolve("operator.key");
    Files.writeString(file, ApiKey.generate(Role.OPERATOR, RANDOM).text());

    assertThat(keyFiles(folder).ensure()).contains(file);
    assertThat(credentials.caller(Files.readString(file).strip())).isPresent();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Credentials fresh() {
    return new Credentials(database.scheduler(), _ -> Optional.empty(), clock);
  }

  private KeyFiles keyFiles(Path where) {
    return new KeyFiles(database.scheduler(), where, "test", clock, RANDOM);
  }

  private ApiKey store(UUID owner, Role role) {
    ApiKey key = ApiKey.generate(role, RANDOM);
    new ApiKeyStore(database.scheduler()).insert(key, owner, "test", clock.instant());
    return key;
  }

  private static void set(ApiKey key, String assignment, Instant at) {
    int changed =
        database
            .scheduler()
            .inTransaction(
                handle ->
                    handle
                        .createUpdate("update api_key set " + assignment + " where id = :id")
                        .bind("at", at)
                        .bind("id", key.id())
                        .execute());
    assertThat(changed).isEqualTo(1);
  }
}
