package dev.scriptorium.hostile;

import static dev.scriptorium.hostile.RawPdf.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobFailure.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PDFs that loop, nest, grow and lie, written object by object. */
class HostilePdfObjectsTest {
  private static final String FORM = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";

  @TempDir Path folder;

  @Test
  void aPageTreeThatHoldsItselfBesideAPageGivesThePage() throws IOException {
    RawPdf pdf = new RawPdf();
    pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    pdf.stream("", HELLO);
    pdf.add(
        "<</Type/Page/Parent 4 0 R/MediaBox[0 0 612 792]/Contents 2 0 R"
            + "/Resources<</Font<</F1 1 0 R>>>>>>");
    pdf.add("<</Type/Pages/Kids[4 0 R 3 0 R 4 0 R]/Count 1000000000>>");
    pdf.add("<</Type/Catalog/Pages 4 0 R>>");

    read(pdf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483647", "99999999999999999999", "(many)", "6 0 R"})
  void aCountOfPagesThatIsWrongIsNotBelieved(String count) throws IOException {
    RawPdf pdf = new RawPdf();
    pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    pdf.stream("", HELLO);
    pdf.add(
        "<</Type/Page/Parent 4 0 R/MediaBox[0 0 612 792]/Contents 2 0 R"
            + "/Resources<</Font<</F1 1 0 R>>>>>>");
    pdf.add("<</Type/Pages/Kids[3 0 R]/Count %s>>".formatted(count));
    pdf.add("<</Type/Catalog/Pages 4 0 R>>");

    read(pdf);
  }

  @Test
  @Tag("slow")
  void aPageTreeOfAThousandLevelsIsReadOrRefused() throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "");
    int levels = 20_000;
    IntStream.range(0, levels)
        .forEach(i -> pdf.add("<</Type/Pages/Kids[%d 0 R]/Count 1>>".formatted(i + 7)));
    pdf.add("<</Type/Page/MediaBox[0 0 9 9]>>");
    int root = pdf.add("<</Type/Catalog/Pages 6 0 R>>");

    read(Files.write(folder.resolve("book"), pdf.bytes(root)));
  }

  @Test
  void anOutlineThatGoesInCirclesIsReadOnce() throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "/Outlines 6 0 R");
    pdf.add("<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>");
    pdf.add("<</Title(A)/Parent 6 0 R/Next 8 0 R/First 8 0 R/Dest[3 0 R/Fit]>>");
    pdf.add("<</Title(B)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>");

    assertThat(read(pdf).ok().contents).extracting(ContentsEntry::title).contains("A", "B");
  }

  @Test
  @Tag("slow")
  void anOutlineOfManyLevelsOverflowsNoStack() throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "/Outlines 6 0 R");
    pdf.add("<</Type/Outlines/First 7 0 R/Last 7 0 R>>");
    IntStream.range(7, 20_000)
        .forEach(i -> pdf.add("<</Title(x)/First %d 0 R/Dest[3 0 R/Fit]>>".formatted(i + 1)));
    pdf.add("<</Title(last)/Dest[3 0 R/Fit]>>");

    assertThat(read(pdf).ok().text()).contains("Hello reader");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kids", "Nums"})
  void pageLabelsInCirclesOverflowNoStack(String key) throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "/PageLabels 6 0 R");
    pdf.add(
        key.equals("Kids")
            ? "<</Kids[6 0 R 6 0 R]>>"
            : "<</Nums[0 <</S/R/St 2147483647>> 2147483647 <</S/a/St -5>> -1 7]>>");

    assertThat(read(pdf).ok().text()).contains("Hello reader");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/r", "/R", "/a", "/A"})
  void aPageLabelOfAHugeNumberStaysShort(String style) throws IOException {
    RawPdf pdf =
        RawPdf.onePage(HELLO, "", "", "/PageLabels<</Nums[0 <</S" + style + "/St 2000000000>>]>>");

    assertThat(read(pdf).ok().positions)
        .allSatisfy(position -> assertThat(position.pageLabel()).hasSizeLessThan(1000));
  }

  @Test
  void formsThatBranchEndAtTheBudget() throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO + " /X Do", "/XObject<</X 6 0 R>>", "", "");
    for (int i = 0; i < 12; i++) {
      pdf.stream(
          FORM + "/Resources<</XObject<</X %d 0 R/Y %d 0 R>>>>".formatted(7 + i, 7 + i),
          "/X Do /Y Do /X Do /Y Do /X Do /Y Do /X Do /Y Do");
    }
    pdf.stream(FORM + "/Resources<</Font<</F1 1 0 R>>>>", "BT /F1 9 Tf (lol) Tj ET");

    assertThat(read(pdf).partial().text()).contains("Hello reader");
  }

  @Test
  void patternsAndGlyphProceduresThatDrawEachOtherEnd() throws IOException {
    RawPdf pdf =
        RawPdf.onePage(
            "BT /T 12 Tf (aaaa) Tj ET /Pattern cs /P scn 0 0 99 99 re f " + HELLO,
            "/Pattern<</P 6 0 R>>",
            "",
            "");
    pdf.stream(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .0001"
            + "/YStep .0001/Resources<</Pattern<</P 6 0 R>>/Font<</T 7 0 R>>>>",
        "BT /T 9 Tf (a) Tj ET /Pattern cs /P scn 0 0 9 9 re f");
    pdf.add(
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97"
            + "/LastChar 97/Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a 8 0 R>>"
            + "/Resources<</Font<</T 7 0 R>>>>>>");
    pdf.stream("", "1 0 d0 BT /T 9 Tf (aaaa) Tj ET");

    assertThat(read(pdf).ok().text()).contains("Hello reader");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {1L << 10, 1L << 26, 1L << 29})
  void anObjectStreamThatInflatesWithoutEndIsNotHeld(long size) throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "/Annots 7 0 R/Resources 7 0 R", "/Outlines 7 0 R");
    pdf.stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", RawPdf.flate((byte) '0', size));

    read(Files.write(folder.resolve("book"), pdf.bytesWithObjectStream(5, "")));
  }

  @Test
  void aReferenceTableWithAnImpossibleRowIsNotAllocated() throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "");
    pdf.stream("/Type/ObjStm/N 1/First 4", "7 0 <<>>");
    String row = "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000/Colors 4>>";

    read(Files.write(folder.resolve("book"), pdf.bytesWithObjectStream(5, row)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/W[1 4 2000000000]", "/W[-1 4 1]", "/Index[0 2000000000]", "/W[8 8 8]"})
  void aReferenceTableThatLiesIsSearchedAround(String lie) throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "");
    pdf.stream("/Type/ObjStm/N 2000000000/First 4", "7 0 <<>>");

    read(Files.write(folder.resolve("book"), pdf.bytesWithObjectStream(5, lie)));
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "/Filter[/FlateDecode/FlateDecode/FlateDecode]",
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000/Colors 4>>",
        "/Filter[/ASCII85Decode/FlateDecode]",
        "/Filter/LZWDecode",
        "/Filter/RunLengthDecode",
        "/Filter/JPXDecode",
        "/Filter/Crypt",
        "/Filter 2 0 R",
      })
  void contentsThatCannotBeDecodedCostOnlyTheirPage(String filter) throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "");
    pdf.stream(filter, RawPdf.flate((byte) ' ', 1L << 28));
    pdf.add(
        "<</Type/Page/Parent 8 0 R/MediaBox[0 0 9 9]/Contents 6 0 R"
            + "/Resources<</Font<</F1 1 0 R>>>>>>");
    pdf.add("<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>");
    int root = pdf.add("<</Type/Catalog/Pages 8 0 R>>");

    Ending ending = read(Files.write(folder.resolve("book"), pdf.bytes(root)));

    assertThat(ending.ok().text()).contains("Hello reader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode",
        "/Width 2147483647/Height 2147483647/BitsPerComponent 16/ColorSpace/DeviceCMYK",
        "/Width -1/Height -1/BitsPerComponent 8/ColorSpace/DeviceGray",
        "/Width 60000/Height 60000/BitsPerComponent 1/ImageMask true/Filter/CCITTFaxDecode",
        "/Width 30000/Height 30000/Filter/JBIG2Decode/BitsPerComponent 1/ColorSpace/DeviceGray",
        "/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/Indexed 6 0 R 255 6 0 R]/SMask 6 0 R",
      })
  void aPictureBeyondAllBoundsIsNotDecoded(String image) throws IOException {
    RawPdf pdf =
        RawPdf.onePage(HELLO + " q 600 0 0 700 0 0 cm /I Do Q", "/XObject<</I 6 0 R>>", "", "");
    pdf.stream("/Type/XObject/Subtype/Image" + image, RawPdf.flate((byte) 0, 1L << 20));

    assertThat(read(pdf).ok().text()).contains("Hello reader");
  }

  @Test
  @Tag("slow")
  void aThousandPicturesOnAPageAreBounded() throws IOException {
    String names =
        IntStream.range(0, 20_000).mapToObj(i -> "/I" + i + " 6 0 R").collect(Collectors.joining());
    String draws =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "q 600 0 0 700 0 0 cm /I" + i + " Do Q ")
            .collect(Collectors.joining());
    RawPdf pdf = RawPdf.onePage(HELLO + " " + draws, "/XObject<<" + names + ">>", "", "");
    pdf.stream(
        "/Type/XObject/Subtype/Image/Width 4000/Height 4000/BitsPerComponent 8"
            + "/ColorSpace/DeviceRGB/Filter/FlateDecode",
        RawPdf.flate((byte) 7, 48_000_000));

    assertThat(read(pdf).ok().text()).contains("Hello reader");
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "/FontFile2 7 0 R",
        "/FontFile3 7 0 R",
        "/FontFile 7 0 R",
      })
  void aFontThatInflatesWithoutEndIsNotHeld(String file) throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO + " BT /F2 9 Tf (b) Tj ET", "/Font<</F2 6 0 R>>", "", "");
    pdf.add(
        "<</Type/Font/Subtype/TrueType/BaseFont/Big/FirstChar 0/LastChar 255/FontDescriptor"
            + "<</Type/FontDescriptor/FontName/Big/Flags 4%s>>>>".formatted(file));
    pdf.stream("/Filter/FlateDecode", RawPdf.flate((byte) 1, 1L << 29));

    read(pdf);
  }

  @Test
  void aCharacterMapWithoutEndIsNotHeld() throws IOException {
    RawPdf pdf =
        RawPdf.onePage(HELLO + " BT /G 9 Tf (b) Tj ET", "/Font<</F1 1 0 R/G 6 0 R>>", "", "");
    pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>");
    String ranges =
        "1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n"
            + "1 beginbfrange <00000000> <7fffffff> <0041> endbfrange\n".repeat(1000);
    pdf.stream("", "/CIDInit /ProcSet findresource begin 1 dict begin begincmap\n" + ranges);

    read(pdf);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"[", "<<", "(", "<</A ", "q ", "BT ", "/A BMC ", "{"})
  void operandsWithoutEndOverflowNoStack(String opening) throws IOException {
    read(RawPdf.onePage(HELLO + " " + opening.repeat(300_000), "", "", ""));
    read(RawPdf.onePage(HELLO, "", "/X " + opening.repeat(100_000), ""));
    read(RawPdf.onePage(HELLO, "", "", "/X " + opening.repeat(100_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e308", "-1e308", "0", "NaN", "99999999999", "1e-300"})
  void aPageOfImpossibleSizeIsRead(String length) throws IOException {
    RawPdf pdf =
        RawPdf.onePage(
            "%s 0 0 %s %s 0 cm ".formatted(length, length, length)
                + HELLO
                + " BT /F1 %s Tf %s Tc %s Tw %s Tz (x y) Tj ET"
                    .formatted(length, length, length, length),
            "",
            "/UserUnit " + length,
            "");

    read(pdf);
  }

  @Test
  @Tag("slow")
  void tenThousandPagesOfNothingAreReadInTime() throws IOException {
    RawPdf pdf = RawPdf.onePage(HELLO, "", "", "");
    int pages = 10_000;
    pdf.add(
        "<</Type/Pages/Count %d/Kids[%s]>>"
            .formatted(
                pages,
                IntStream.range(7, 7 + pages)
                    .mapToObj(i -> i + " 0 R ")
                    .collect(Collectors.joining())));
    IntStream.range(0, pages)
        .forEach(
            i ->
                pdf.add(
                    "<</Type/Page/Parent 6 0 R/MediaBox[0 0 612 792]/Contents 2 0 R"
                        + "/Resources<</Font<</F1 1 0 R>>>>>>"));
    int root = pdf.add("<</Type/Catalog/Pages 6 0 R>>");

    Ending ending = read(Files.write(folder.resolve("book"), pdf.bytes(root)));

    assertThat(ending.partial().reasons()).contains("PAGE_LIMIT");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.9})
  void aFileThatEndsTooEarlyGivesTheTextThatIsThere(double share) throws IOException {
    byte[] whole = RawPdf.onePage(HELLO + "\n".repeat(3000), "", "", "").bytes(5);
    byte[] part = Arrays.copyOf(whole, (int) (whole.length * share));

    Ending ending = read(Files.write(folder.resolve("book"), part));

    assertThat(ending.partial().text()).contains("Hello reader");
    assertThat(ending.book().reasons()).contains("FILE_DAMAGED");
  }

  @Test
  void pagesWithoutACatalogueAreFound() throws IOException {
    byte[] whole = RawPdf.onePage(HELLO, "", "", "").bytes(5);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] part = Arrays.copyOf(whole, text.indexOf("4 0 obj"));

    Ending ending = read(Files.write(folder.resolve("book"), part));

    assertThat(ending.partial().text()).isEqualTo("Hello reader\n\n");
  }

  @Test
  void glyphsDrawnAgainAtTheSamePlaceAreOne() throws IOException {
    RawPdf pdf =
        RawPdf.onePage("BT /F1 9 Tf 9 9 Td " + "(a) Tj 0 0 Td ".repeat(5_000) + "ET", "", "", "");

    assertThat(read(pdf).partial().text()).isEqualTo("a\n\n");
  }

  @Test
  void aPageThatUnpacksOutOfAllProportionIsRefusedWhenItIsTheOnlyOne() throws IOException {
    RawPdf pdf = new RawPdf();
    pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    pdf.stream(
        "/Filter[/FlateDecode/FlateDecode]", RawPdf.flate(RawPdf.flate((byte) ' ', 80L << 20)));
    pdf.add("<</Type/Page/Parent 4 0 R/MediaBox[0 0 9 9]/Contents 2 0 R>>");
    pdf.add("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    pdf.add("<</Type/Catalog/Pages 4 0 R>>");

    assertThat(read(pdf).rejected().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @Test
  void aProtectionWithoutANameIsDamage() throws IOException {
    String sound =
        new String(RawPdf.onePage(HELLO, "", "", "").bytes(5), StandardCharsets.ISO_8859_1);
    String file = sound.replace("/Root 5 0 R", "/Root 5 0 R/Encrypt<</V 1/R 2>>");

    Ending ending = read(Files.writeString(folder.resolve("book"), file));

    assertThat(ending.partial().text()).contains("Hello reader");
    assertThat(ending.book().reasons()).containsExactly("FILE_DAMAGED");
  }

  @Test
  void aRowThatIsImpossibleIsNotAllocated() throws IOException {
    RawPdf pdf = new RawPdf();
    pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    pdf.stream(
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000/Colors 4>>",
        RawPdf.flate(RawPdf.latin(HELLO)));
    pdf.add(
        "<</Type/Page/Parent 4 0 R/MediaBox[0 0 612 792]/Contents 2 0 R"
            + "/Resources<</Font<</F1 1 0 R>>>>>>");
    pdf.add("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    pdf.add("<</Type/Catalog/Pages 4 0 R>>");

    assertThat(read(pdf).partial().text()).contains("Hello reader");
  }

  private Ending read(RawPdf pdf) throws IOException {
    return read(pdf.in(folder));
  }

  private Ending read(Path file) throws IOException {
    Ending ending = Ending.of(Parsers.PDF, file, folder);
    ending.harmless();
    return ending;
  }
}
