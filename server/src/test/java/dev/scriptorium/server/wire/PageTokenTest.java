package dev.scriptorium.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.v1.ErrorReason;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  private static final String REQUEST = "ListBooks order=title";

  @Test
  void aTokenGivesItsPartsBack() {
    String token = PageToken.of("2030-01-01T00:00:00Z", "", "ключ 🗝").encode(REQUEST);

    assertThat(PageToken.decode(token, REQUEST).parts())
        .containsExactly("2030-01-01T00:00:00Z", "", "ключ 🗝");
  }

  @Test
  void aTokenOfAnotherRequestIsRefused() {
    String token = PageToken.of("a").encode(REQUEST);

    assertThatThrownBy(() -> PageToken.decode(token, "ListBooks order=author"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "not base64!", "AAAA", "////", "AQ"})
  void aDamagedTokenIsRefused(String token) {
    assertThatThrownBy(() -> PageToken.decode(token, REQUEST)).isInstanceOf(ApiException.class);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] bytes = Base64.getUrlDecoder().decode(PageToken.of("one", "two").encode(REQUEST));

    for (int length = 0; length < bytes.length; length++) {
      String cut = Base64.getUrlEncoder().encodeToString(java.util.Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> PageToken.decode(cut, REQUEST)).isInstanceOf(ApiException.class);
    }
  }

  @Test
  void aPageSizeIsCoerced() {
    assertThat(PageSize.of(0)).isEqualTo(50);
    assertThat(PageSize.of(7)).isEqualTo(7);
    assertThat(PageSize.of(5000)).isEqualTo(1000);
    assertThatThrownBy(() -> PageSize.of(-1)).isInstanceOf(ApiException.class);
  }
}
