package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxTest {
  private static final Path RUNNER = Path.of("/srv/runner-1");

  @Test
  void withoutASandboxTheCommandStaysAsItIs() {
    Sandbox none = Sandbox.probe("none");

    assertThat(none.level()).isEqualTo(Sandbox.Level.NONE);
    assertThat(none.wrap(List.of("java", "Main"), RUNNER, List.of(), List.of()))
        .containsExactly("java", "Main");
  }

  @Test
  void anUnknownLevelIsRefusedByName() {
    assertThatThrownBy(() -> Sandbox.probe("strong"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strong");
  }

  @Test
  void bubblewrapSeesNothingButWhatIsBound() {
    Sandbox bwrap = new Sandbox(Sandbox.Level.BWRAP, true, List.of("bwrap", "--unshare-all"));

    List<String> command =
        bwrap.wrap(List.of("java"), RUNNER, List.of(Path.of("/app")), List.of(RUNNER));

    assertThat(command)
        .containsExactly(
            "bwrap",
            "--unshare-all",
            "--ro-bind",
            "/app",
            "/app",
            "--bind",
            "/srv/runner-1",
            "/srv/runner-1",
            "--remount-ro",
            "/",
            "--",
            "java");
  }

  @Test
  void aLevelIsReachedByItselfAndByStrongerOnes() {
    Sandbox setpriv = new Sandbox(Sandbox.Level.SETPRIV, false, List.of("setpriv", "--"));

    assertThat(setpriv.reaches("none")).isTrue();
    assertThat(setpriv.reaches("setpriv")).isTrue();
    assertThat(setpriv.reaches("bwrap")).isFalse();
    assertThatThrownBy(() -> setpriv.reaches("strong"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
