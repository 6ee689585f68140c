package dev.scriptorium.hostile.fuzz;

import dev.scriptorium.hostile.RawPdf;

/** Two small PDFs, uncompressed so that a fuzzer can change what they say. */
final class PdfSeed {
  private PdfSeed() {}

  /** One page with one line. */
  static byte[] plain() {
    return RawPdf.onePage(RawPdf.HELLO, "", "", "").bytes(5);
  }

  /** Outline, labels, forms, fonts with maps, pictures, notes. */
  static byte[] rich() {
    RawPdf pdf =
        RawPdf.onePage(
            "q 1 0 0 1 0 0 cm BT /F1 18 Tf 72 720 Td (One) Tj /F2 12 Tf 0 -40 Td [(Hel) -20 (lo)]"
                + " TJ 0 -14 Td 3 Tr <0041> Tj T* (re-) ' ET Q /X Do /I Do /A <</MCID 0>> BDC EMC"
                + " BI /W 1 /H 1 /BPC 8 /CS /G ID x EI",
            "/Font<</F1 1 0 R/F2 6 0 R>>/XObject<</X 8 0 R/I 9 0 R>>/Properties<</A 10 0 R>>",
            "/Rotate 90/Annots[11 0 R]/CropBox[0 0 600 700]/B[12 0 R]",
            "/Outlines 13 0 R/PageLabels<</Nums[0<</S/r/P(A-)/St 4>>]>>/Lang(en)"
                + "/Names<</Dests<</Names[(d)[3 0 R/XYZ 0 700 0]]>>>>");
    pdf.add(
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/ToUnicode 7 0 R"
            + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo"
            + "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/W[0[500 600]]>>]>>");
    pdf.stream(
        "",
        "/CIDInit/ProcSet findresource begin 1 dict begin begincmap 1 begincodespacerange <0000>"
            + " <ffff> endcodespacerange 1 beginbfchar <0041> <00660066> endbfchar 1 beginbfrange"
            + " <0048> <0070> <0048> endbfrange endcmap end end");
    pdf.stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Matrix[1 0 0 1 9 9]/Group<</S/Transparency>>"
            + "/Resources<</Font<</F1 1 0 R>>>>",
        "BT /F1 8 Tf 9 9 Td (form) Tj ET");
    pdf.stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
        "abcd");
    pdf.add("<</Type/OCG/Name(l)>>");
    pdf.add("<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest(d)>>");
    pdf.add("<</N 12 0 R/V 12 0 R/R[0 0 99 99]/P 3 0 R>>");
    pdf.add("<</Type/Outlines/First 14 0 R/Last 15 0 R/Count 2>>");
    pdf.add("<</Title(One)/Parent 13 0 R/Next 15 0 R/Dest(d)>>");
    pdf.add("<</Title<feff0054>/Parent 13 0 R/Prev 14 0 R/A<</S/GoTo/D[0/FitH 300]>>>>");
    return pdf.bytes(5);
  }
}
