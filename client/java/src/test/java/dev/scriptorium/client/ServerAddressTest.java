package dev.scriptorium.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, 7440, true",
    "127.0.0.1:8000, 127.0.0.1, 8000, true",
    "[::1]:9000, ::1, 9000, true",
    "::1, ::1, 7440, true",
    "books.example.org:443, books.example.org, 443, false",
    "127.evil.example:1, 127.evil.example, 1, false",
    "10.0.0.1, 10.0.0.1, 7440, false"
  })
  void addressesAreRead(String text, String host, int port, boolean loopback) {
    ServerAddress address = ServerAddress.parse(text);

    assertThat(address).isEqualTo(new ServerAddress(host, port));
    assertThat(address.isLoopback()).isEqualTo(loopback);
    assertThat(ServerAddress.parse(address.toString())).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":7440", "host:port", "host:0", "host:70000", "http://host:1"})
  void nonsenseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.parse(text));
  }
}
