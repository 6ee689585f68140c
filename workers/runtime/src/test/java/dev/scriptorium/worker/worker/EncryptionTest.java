package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
  private static final List<String> FAR = List.of("127.0.0.1:7440", "books.example:7440");

  @TempDir private Path folder;

  @Test
  void aServerOfThisMachineNeedsNone() {
    List<String> near = List.of("127.0.0.1:7440", "localhost:7440", "[::1]:7440");

    assertThat(Encryption.of(false, null, false, near)).isEqualTo(Encryption.NONE);
  }

  @Test
  void plaintextToAnotherMachineIsRefusedUnlessAskedFor() {
    assertThatThrownBy(() -> Encryption.of(false, null, false, FAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("books.example:7440")
        .hasMessageContaining("--tls-ca");
    assertThat(Encryption.of(false, null, true, FAR)).isEqualTo(Encryption.NONE);
    assertThat(Encryption.of(true, null, false, FAR).tls()).isTrue();
  }

  @Test
  void certificatesToTrustSwitchItOn() {
    assertThat(Encryption.of(false, Path.of("ca.pem"), false, FAR).tls()).isTrue();
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    Encryption missing = Encryption.of(true, folder.resolve("missing.pem"), false, FAR);

    assertThatThrownBy(missing::credentials).hasMessageContaining("missing.pem");
    assertThatThrownBy(Encryption.of(true, nonsense, false, FAR)::credentials)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense.pem");
  }
}
