package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftedClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void goesAsFarWrongAsTheFileSays() throws IOException {
    Path file = Files.writeString(folder.resolve("offset"), "-3600\n");

    InstantSource clock = new ShiftedClock(InstantSource.fixed(NOON), file);

    assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(3600));
  }

  @Test
  void isTheRealOneWhenNobodyAsks() {
    InstantSource real = InstantSource.fixed(NOON);

    assertThat(ShiftedClock.of(real)).isSameAs(real);
  }
}
