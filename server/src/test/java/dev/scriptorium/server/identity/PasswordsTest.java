package dev.scriptorium.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords(new SecureRandom());

  @Test
  void aPasswordMatchesItsHashAndNoOther() {
    String kept = passwords.hash("password", "correct horse");

    assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(passwords.matches("correct horse", kept)).isTrue();
    assertThat(passwords.matches("correct horses", kept)).isFalse();
    assertThat(passwords.matches("", kept)).isFalse();
    assertThat(passwords.hash("password", "correct horse")).isNotEqualTo(kept);
  }

  // Known answer of the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 4.
  @Test
  void hashesOfOtherProgramsWithOtherSettingsAreUnderstood() {
    String kept =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(passwords.matches("password", kept)).isTrue();
    assertThat(passwords.matches("passwort", kept)).isFalse();
  }

  @Test
  void theSameCharactersTypedInAnotherWayAreTheSamePassword() {
    String kept = passwords.hash("password", "caf\u00e9 au lait");

    assertThat(passwords.matches("cafe\u0301 au lait", kept)).isTrue();
  }

  @Test
  void tooShortAndTooLongOnesAreRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> passwords.hash("password", "1234567"))
        .hasMessageContaining("8 to 1024 bytes")
        .hasMessageNotContaining("1234567");
    assertThatThrownBy(() -> passwords.hash("password", "x".repeat(1025)))
        .hasMessageContaining("8 to 1024 bytes");
  }
}
