package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseTest {
  @ParameterizedTest
  @CsvSource({
    "3, , false, false, OOM_HEAP",
    "3, OOM_RSS, false, false, OOM_HEAP",
    "137, OOM_RSS, false, true, OOM_RSS",
    "137, STALL, false, false, STALL",
    "143, TIMEOUT, false, false, TIMEOUT",
    "137, , false, true, OOM_CGROUP",
    "137, , false, false, SIGNAL",
    "143, , false, false, SIGNAL",
    "134, , false, false, NATIVE_CRASH",
    "139, , false, false, NATIVE_CRASH",
    "137, EXIT, true, false, NATIVE_CRASH",
    "135, , false, false, NATIVE_CRASH",
    "130, , false, false, SIGNAL",
    "4, , false, false, OOM_DIRECT",
    "1, , true, false, NATIVE_CRASH",
    "1, , false, false, EXIT",
    "7, STALL, false, false, EXIT",
  })
  void anExitCodeIsAttributed(
      int exitCode, String ownKill, boolean errorFile, boolean oomKill, Cause expected) {
    Optional<Cause> killed = Optional.ofNullable(ownKill).map(Cause::valueOf);

    assertThat(Cause.of(exitCode, killed, errorFile, oomKill)).isEqualTo(expected);
  }

  @Test
  void everyCauseHasASentence() {
    for (Cause cause : Cause.values()) {
      assertThat(new CrashReport(cause, false, 9, "", 0).sentence()).isNotBlank();
    }
  }
}
