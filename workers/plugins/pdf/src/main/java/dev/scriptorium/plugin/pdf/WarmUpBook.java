package dev.scriptorium.plugin.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A small PDF with what most books have: compressed pages, a font that is not in the file, one that
 * is, an outline and page labels. Written by hand, so that a runner need not load what only writes.
 */
final class WarmUpBook {
  /** Objects that are no pages or their contents. */
  private static final int FIXED = 12;

  private static final int PAGES = 2;
  private static final int LINES = 30;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();
  private final int pages;
  private final int lines;
  private final boolean bothFonts;

  private WarmUpBook(int pages, int lines, boolean bothFonts) {
    this.pages = pages;
    this.lines = lines;
    this.bothFonts = bothFonts;
  }

  /** Makes one of a single line in the font that is not in the file: the other takes a while. */
  static byte[] small() throws IOException {
    return new WarmUpBook(1, 1, false).bytes(new byte[0]);
  }

  /**
   * Makes one of several pages full of text, in both fonts.
   *
   * @param font a TrueType font
   */
  static byte[] large(byte[] font) throws IOException {
    return new WarmUpBook(PAGES, LINES, true).bytes(font);
  }

  private byte[] bytes(byte[] font) throws IOException {
    write(font);
    return out.toByteArray();
  }

  private void write(byte[] font) throws IOException {
    put("%PDF-1.5\n");
    object("<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R/PageLabels<</Nums[0<</S/r>>]>>>>");
    object("<</Type/Pages/Kids[" + kids() + "]/Count " + pages + ">>");
    object("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>");
    object(
        "<</Type/Font/Subtype/Type0/BaseFont/Warm/Encoding/Identity-H"
            + "/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>");
    object(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Warm/FontDescriptor 7 0 R/DW 600"
            + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + "/CIDToGIDMap/Identity>>");
    stream("", compressed(letters()), "/Filter/FlateDecode");
    object(
        "<</Type/FontDescriptor/FontName/Warm/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
            + "/Ascent 900/Descent -200/CapHeight 700/StemV 80/FontFile2 8 0 R>>");
    stream("/Length1 " + font.length, font, "");
    object("<</Title(Warm)/Author(Nobody)>>");
    object("<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 1>>");
    object("<</Title(Begin)/Parent 10 0 R/Dest[" + (FIXED + 1) + " 0 R/XYZ 0 720 0]>>");
    object("<</F1 3 0 R/F2 4 0 R>>");
    for (int i = 0; i < pages; i++) {
      object(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font 12 0 R>>/Contents "
              + (FIXED + 2 * i + 2)
              + " 0 R>>");
      stream("", compressed(content()), "/Filter/FlateDecode");
    }
    trailer();
  }

  private String kids() {
    StringBuilder kids = new StringBuilder();
    for (int i = 0; i < pages; i++) {
      kids.append(FIXED + 2 * i + 1).append(" 0 R ");
    }
    return kids.toString();
  }

  private String content() {
    StringBuilder content = new StringBuilder("BT /F1 11 Tf 14 TL 72 700 Td\n");
    for (int line = 0; line < lines; line++) {
      content
          .append("(Every line of this page only serves to load what reading needs, line ")
          .append(line)
          .append(") Tj T*\n");
    }
    if (bothFonts) {
      content.append("/F2 11 Tf [<00240025> -300 <0026002700280029>] TJ\n");
    }
    return content.append("ET\n").toString();
  }

  private static String letters() {
    return """
    /CIDInit /ProcSet findresource begin 12 dict begin begincmap
    /CMapName /Warm def /CMapType 2 def
    1 begincodespacerange <0000> <FFFF> endcodespacerange
    1 beginbfrange <0024> <003D> <0041> endbfrange
    endcmap end end
    """;
  }

  private void object(String object) {
    offsets.add(out.size());
    put(offsets.size() + " 0 obj\n" + object + "\nendobj\n");
  }

  private void stream(String entries, byte[] data, String filter) {
    offsets.add(out.size());
    put(offsets.size() + " 0 obj\n<<" + entries + "/Length " + data.length + filter);
    put(">>\nstream\n");
    out.writeBytes(data);
    put("\nendstream\nendobj\n");
  }

  private void trailer() {
    int start = out.size();
    put("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
    for (int offset : offsets) {
      // Ten digits. A format would load what reading does not need.
      put(Long.toString(10_000_000_000L + offset).substring(1) + " 00000 n \n");
    }
    put("trailer\n<</Size " + (offsets.size() + 1) + "/Root 1 0 R/Info 9 0 R>>\n");
    put("startxref\n" + start + "\n%%EOF\n");
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream to = new DeflaterOutputStream(bytes, deflater)) {
      to.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }
}
