package dev.scriptorium.plugin.epub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged books end in a book or in an answer, never in another exception and never in a hang. */
class EpubFuzzTest {
  @TempDir Path folder;

  @Test
  void damagedArchivesEndInAnAnswer() throws Exception {
    byte[] whole = book().bytes();
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      byte[] damaged =
          Arrays.copyOf(whole, round % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int i = 0; i < 1 + round % 8 && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      parse(Files.write(folder.resolve("book.epub"), damaged));
    }
  }

  @Test
  void damagedDocumentsInsideASoundArchiveEndInAnAnswer() throws Exception {
    Random random = new Random(4);
    String[] names = {
      "META-INF/container.xml", "OEBPS/nav.xhtml", "OEBPS/text/c1.xhtml", "OEBPS/content.opf"
    };
    byte[] opf = opf();
    for (int round = 0; round < 300; round++) {
      EpubFixture fixture = book().entry("OEBPS/content.opf", opf);
      String name = names[round % names.length];
      byte[] document = fixture.content(name).clone();
      for (int i = 0; i < 1 + round % 12; i++) {
        document[random.nextInt(document.length)] = (byte) random.nextInt(256);
      }
      parse(fixture.entry(name, document).in(folder));
    }
  }

  private static void parse(Path file) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          try {
            EpubRun.of(JobKinds.INSPECT, file);
            EpubRun.of(JobKinds.PARSE, file);
          } catch (JobFailure failure) {
            assertThat(failure).hasMessageNotContaining("null");
          }
        });
  }

  private static EpubFixture book() throws IOException {
    return EpubFixture.epub()
        .metadata("<dc:title>T</dc:title><meta name=\"cover\" content=\"i\"/>")
        .nav("<ol><li><a href=\"text/c1.xhtml#a\">One</a></li></ol>")
        .chapter(
            "<h1 id=\"a\">One</h1><p>Text &amp; <b>more</b> &nbsp;<a epub:type=\"noteref\""
                + " href=\"#n\">1</a></p><aside epub:type=\"footnote\" id=\"n\">Note</aside>")
        .item("i", "i.png", "image/png", "")
        .entry("OEBPS/i.png", Pictures.png(20, 20));
  }

  private static byte[] opf() {
    return """
    <package xmlns="http://www.idpf.org/2007/opf" version="3.0">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></metadata>
    <manifest><item id="c1" href="text/c1.xhtml" media-type="application/xhtml+xml"/>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="i" href="i.png" media-type="image/png" properties="cover-image"/></manifest>
    <spine><itemref idref="c1"/></spine></package>\
    """
        .getBytes(StandardCharsets.UTF_8);
  }
}
