package dev.scriptorium.plugin.epub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpubProtectionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "META-INF/rights.xml, http://www.w3.org/2001/04/xmlenc#aes128-cbc, ADEPT",
    "META-INF/license.lcpl, http://www.w3.org/2001/04/xmlenc#aes256-cbc, LCP",
    "META-INF/sinf.xml, http://itunes.apple.com/dataenc, FairPlay",
    "META-INF/none.xml, http://example.org/own-cipher, http://example.org/own-cipher",
  })
  void aProtectedBookIsRefusedByTheNameOfItsScheme(String rights, String algorithm, String scheme)
      throws Exception {
    byte[] noise = new byte[2000];
    new Random(5).nextBytes(noise);
    noise[0] = (byte) 0x9D;
    EpubFixture book =
        EpubFixture.epub()
            .chapterDocument(noise, "")
            .entry(rights, "<rights/>")
            .entry("META-INF/encryption.xml", encryption(algorithm, "OEBPS/text/c1.xhtml"));

    assertThatThrownBy(() -> parse(book))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(JobFailure.Reason.DRM_PROTECTED);
              assertThat(failure).hasMessageContaining(scheme);
            });
  }

  @Test
  void rightsBesideReadableDocumentsAreNoProtection() throws Exception {
    EpubFixture book =
        EpubFixture.epub().chapter("<p>Free</p>").entry("META-INF/rights.xml", "<rights/>");

    assertThat(parse(book).text()).startsWith("Free");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
  void obfuscatedFontsAreNotedAndNoProtection(String algorithm) throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<p>Free</p>")
            .item("f", "f.otf", "font/otf", "")
            .entry("OEBPS/f.otf", new byte[] {1, 2, 3})
            .entry("META-INF/encryption.xml", encryption(algorithm, "OEBPS/f.otf"));

    RecordedBook parsed = parse(book);

    assertThat(parsed.text()).startsWith("Free");
    assertThat(parsed.reasons()).containsExactly("FONTS_OBFUSCATED");
    assertThat(parsed.degraded).isFalse();
  }

  private static String encryption(String algorithm, String path) {
    return """
    <encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
      xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
      <enc:EncryptionMethod Algorithm="%s"/><enc:CipherData>
      <enc:CipherReference URI="%s"/></enc:CipherData></enc:EncryptedData></encryption>\
    """
        .formatted(algorithm, path);
  }

  private RecordedBook parse(EpubFixture book) throws JobFailure, IOException {
    return EpubRun.of(JobKinds.PARSE, book.in(folder));
  }
}
