package dev.scriptorium.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.JobFailure.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives whose directory lies, and archives that are larger inside than outside. */
class HostileArchiveTest {
  private static final int SYMBOLIC_LINK = 0120777;

  @TempDir Path folder;

  @Test
  void aChapterOutOfAllProportionIsRefused() throws IOException {
    byte[] spaces = " ".repeat(64 << 20).getBytes(StandardCharsets.US_ASCII);
    RawZip zip =
        new Epub()
            .with(Epub.PACKAGE, Epub.packageOf("", item("big"), "<itemref idref=\"big\"/>"))
            .zip()
            .entry("big.xhtml", spaces);

    assertThat(read(zip).rejected().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @Test
  @Tag("slow")
  void manySmallBombsAreStoppedByTheirSum() throws IOException {
    byte[] page =
        Epub.page("<p>" + "x ".repeat(3_500_000) + "</p>").getBytes(StandardCharsets.UTF_8);
    byte[] packed = RawZip.deflated(page);
    CRC32 crc = new CRC32();
    crc.update(page);
    StringBuilder items = new StringBuilder();
    StringBuilder itemrefs = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      items.append(item("b" + i));
      itemrefs.append("<itemref idref=\"b").append(i).append("\"/>");
    }
    RawZip zip =
        new Epub()
            .with(Epub.PACKAGE, Epub.packageOf("", items.toString(), itemrefs.toString()))
            .zip()
            .packed("b0.xhtml", packed, crc.getValue(), page.length, 0);
    for (int i = 1; i < 200; i++) {
      zip.listed("b" + i + ".xhtml", packed.length, crc.getValue(), page.length, 0);
    }

    assertThat(read(zip).rejected().limit()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0x7FFF_FFFFL, 0xFFFF_FFFEL})
  void noDeclaredSizeIsBelieved(long declared) throws IOException {
    byte[] chapter = Epub.page("<p>Second.</p>").getBytes(StandardCharsets.UTF_8);
    RawZip zip =
        new Epub()
            .with(Epub.PACKAGE, Epub.packageOf("", item("c2"), "<itemref idref=\"c2\"/>"))
            .zip()
            .entry("c2.xhtml", chapter, declared, 0);

    assertThat(read(zip).partial().text()).contains("Hello reader.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../up.xhtml", "/tmp/abs.xhtml", "a/../../c.xhtml", "C:\\c.xhtml", ""})
  void namesNeverLeadOutOfTheArchive(String name) throws IOException {
    Path outside = Files.writeString(folder.resolve("up.xhtml"), Epub.page("<p>Outside.</p>"));
    RawZip zip =
        new Epub()
            .with(
                Epub.PACKAGE,
                Epub.packageOf(
                    "",
                    "<item id=\"x\" href=\"" + name + "\" media-type=\"application/xhtml+xml\"/>",
                    "<itemref idref=\"x\"/>"))
            .zip()
            .entry("../up.xhtml", Epub.page("<p>Named so.</p>"));

    assertThat(read(zip).ok().text()).contains("Hello reader.").doesNotContain("Outside.");
    assertThat(Files.readString(outside)).contains("Outside.");
  }

  @Test
  void aSymbolicLinkIsAnEntryLikeOthers() throws IOException {
    RawZip zip =
        new Epub()
            .with(Epub.PACKAGE, Epub.packageOf("", item("l"), "<itemref idref=\"l\"/>"))
            .zip()
            .entry("l.xhtml", "/etc/passwd".getBytes(StandardCharsets.UTF_8), 11, SYMBOLIC_LINK);

    assertThat(read(zip).ok().text()).contains("Hello reader.").doesNotContain("root:");
  }

  @Test
  @Tag("slow")
  void manyNamesForTheSameBytesAreOnlyRead() throws IOException {
    byte[] blob = "a".repeat(8 << 20).getBytes(StandardCharsets.US_ASCII);
    byte[] packed = RawZip.deflated(blob);
    RawZip zip = new Epub().zip().packed("x", packed, 0, blob.length, 0);
    for (int i = 0; i < 5_000; i++) {
      zip.listed("x" + i, packed.length, 0, blob.length, 0);
    }

    assertThat(read(zip).ok().text()).contains("Hello reader.");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000, 0x7FFF_FFFFL, Long.MAX_VALUE})
  void aCountOfEntriesIsNotAllocated(long entries) throws IOException {
    byte[] bytes = new Epub().zip().bytes(5, entries);

    read(Files.write(folder.resolve("book"), bytes)).harmless();
  }

  @Test
  void aDamagedEntryCostsNoMoreThanItself() throws IOException {
    RawZip zip =
        new Epub()
            .with(Epub.PACKAGE, Epub.packageOf("", item("d"), "<itemref idref=\"d\"/>"))
            .zip()
            .packed("d.xhtml", new byte[] {7, 7, 7, 7}, 1, 4, 0);

    assertThat(read(zip).partial().text()).contains("Hello reader.");
  }

  @Test
  void anArchiveInAnArchiveIsNotOpened() throws IOException {
    byte[] inner = new Epub().zip().bytes();
    RawZip zip =
        new Epub()
            .with(
                Epub.PACKAGE,
                Epub.packageOf(
                    "",
                    "<item id=\"i\" href=\"i.epub\" media-type=\"application/epub+zip\"/>",
                    "<itemref idref=\"i\"/>"))
            .zip()
            .entry("i.epub", inner);

    assertThat(read(zip).ok().text()).contains("Hello reader.").doesNotContain("PK");
  }

  private static String item(String id) {
    return "<item id=\"%s\" href=\"%s.xhtml\" media-type=\"application/xhtml+xml\"/>"
        .formatted(id, id);
  }

  private Ending read(RawZip zip) throws IOException {
    return read(zip.in(folder));
  }

  private Ending read(Path file) throws IOException {
    Ending ending = Ending.of(Parsers.EPUB, file, folder);
    ending.harmless();
    return ending;
  }
}
