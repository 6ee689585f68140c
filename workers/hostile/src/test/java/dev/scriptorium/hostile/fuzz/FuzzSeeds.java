package dev.scriptorium.hostile.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What the fuzzer begins with: small books that have a little of everything. */
public final class FuzzSeeds {
  private static final int MAX_BYTES = 64 << 10;

  private FuzzSeeds() {}

  /**
   * Writes the seeds of all targets, and small books of the corpus where it is present.
   *
   * @param args one folder, which gets a folder for each target
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    write(folder.resolve("EpubFuzz"), epub(), ".epub");
    write(folder.resolve("PdfFuzz"), pdf(), ".pdf");
    write(folder.resolve("FictionBookFuzz"), fictionBook(), ".fb2");
    write(folder.resolve("TextFuzz"), text(), ".nothing");
  }

  private static void write(Path target, List<byte[]> seeds, String ending) throws IOException {
    Path seedFolder = Files.createDirectories(target.resolve("seeds"));
    Files.createDirectories(target.resolve("found"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(seedFolder.resolve("seed" + i), seeds.get(i));
    }
    for (Path book : corpus(ending)) {
      Path seed = seedFolder.resolve(String.valueOf(book.getFileName()));
      Files.copy(book, seed, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Small books of the corpus beside the source tree, or none. */
  private static List<Path> corpus(String ending) throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path corpus = at.resolveSibling("shared").resolve("corpus");
      if (Files.isDirectory(corpus)) {
        try (Stream<Path> files = Files.walk(corpus)) {
          return files.filter(file -> isSmall(file, ending)).toList();
        }
      }
    }
    return List.of();
  }

  private static boolean isSmall(Path file, String ending) {
    return file.toString().endsWith(ending) && file.toFile().length() <= MAX_BYTES;
  }

  static List<byte[]> epub() {
    String namespaces =
        " xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"";
    String documents =
        String.join(
            "\0",
            "<container><rootfiles><rootfile full-path=\"content.opf\"/></rootfiles></container>",
            """
            <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
            <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title id="t">T</dc:title>
            <meta refines="#t" property="title-type">main</meta><dc:identifier id="id">urn:isbn:1
            </dc:identifier><dc:creator id="c">A B</dc:creator><meta refines="#c" property="role">
            aut</meta><dc:language>en</dc:language><meta name="cover" content="i"/>
            <meta property="belongs-to-collection" id="s">S</meta></metadata><manifest>
            <item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
            <item id="c1" href="c1.xhtml" media-type="application/xhtml+xml" media-overlay="m"/>
            <item id="c2" href="c2.xhtml" media-type="text/html" fallback="c1"/>
            <item id="v" href="i.svg" media-type="image/svg+xml"/><item id="m" href="a.smil"
            media-type="application/smil+xml"/><item id="i" href="i.png" media-type="image/png"
            properties="cover-image"/></manifest><spine toc="x" page-progression-direction="rtl">
            <itemref idref="c1"/><itemref idref="v"/><itemref idref="c2" linear="no"/></spine>
            <guide><reference type="cover" href="c2.xhtml"/></guide></package>\
            """,
            "<html"
                + namespaces
                + "><body><nav epub:type=\"toc\"><ol><li><a"
                + " href=\"c1.xhtml#a\">1</a><ol><li><span>2</span></li></ol></li></ol></nav><nav"
                + " epub:type=\"page-list\"><ol><li><a"
                + " href=\"c1.xhtml#p\">7</a></li></ol></nav></body></html>",
            "<html"
                + namespaces
                + " lang=\"en\"><head><title>t</title></head><body><section"
                + " epub:type=\"chapter\"><h1 id=\"a\">One</h1><p>Text&nbsp;&amp; <b>more</b><a"
                + " epub:type=\"noteref\" href=\"#n\">1</a></p><aside epub:type=\"footnote\""
                + " id=\"n\">Note <a href=\"#a\">b</a></aside><span epub:type=\"pagebreak\""
                + " id=\"p\" title=\"7\"/><ruby>k<rp>(</rp><rt>r</rt></ruby><table><tr><td"
                + " colspan=\"2\">c</td></tr></table><ul><li>i</li></ul><pre>a\n"
                + "b</pre><img src=\"i.png\" alt=\"p\"/><math"
                + " xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi></math><br/><p"
                + " style=\"text-indent:1em\" dir=\"rtl\">\u05d0\u0301</p></section></body></html>",
            "<ncx><navMap><navPoint><navLabel><text>1</text></navLabel><content"
                + " src=\"c1.xhtml#a\"/></navPoint></navMap><pageList><pageTarget"
                + " value=\"7\"><content src=\"c1.xhtml#p\"/></pageTarget></pageList></ncx>",
            "<encryption><EncryptedData><EncryptionMethod Algorithm=\"http://www.idpf.org/2008/"
                + "embedding\"/><CipherData><CipherReference URI=\"f.otf\"/></CipherData>"
                + "</EncryptedData></encryption>",
            "<html><body><h2>Two<p>un<b>closed &eacute; &#x41; <![CDATA[x]]><div class=note>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>t</title><text>s</text></svg>");
    return List.of(bytes(documents), bytes("a\0b\0c\0d"));
  }

  static List<byte[]> fictionBook() throws IOException {
    String book =
        """
        <?xml version="1.0" encoding="windows-1251"?>
        <FictionBook xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>
        <genre match="9">prose</genre><author><first-name>И</first-name><last-name>Т</last-name>
        </author><book-title>Дети</book-title><annotation><p>О.</p></annotation><date value="1862">
        </date><coverpage><image l:href="#i"/></coverpage><lang>ru</lang><sequence name="С"
        number="3"/></title-info><publish-info><isbn>9</isbn></publish-info></description>
        <body><title><p>О</p><empty-line/><p>д</p></title><epigraph><p>С</p><text-author>А
        </text-author></epigraph><section id="a"><title><p>I</p></title><p>Что, <emphasis>П
        </emphasis>?<a l:href="#n" type="note">[1]</a><a l:href="#b">см</a></p><section><p>В</p>
        </section></section><section id="b"><poem><title><p>t</p></title><stanza><v>а</v><v>б</v>
        </stanza></poem><cite><p>ц</p></cite><table><tr><th>x</th><td>y</td></tr></table>
        <image l:href="#i"/><subtitle>* * *</subtitle></section></body><body name="notes">
        <section id="n"><title><p>1</p></title><p>С.</p></section></body>
        <binary id="i" content-type="image/png">iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU
        lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==</binary></FictionBook>
        """;
    byte[] legacy = book.getBytes(Charset.forName("windows-1251"));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
      zip.putNextEntry(new ZipEntry("b.fb2"));
      zip.write(legacy);
    }
    return List.of(legacy, bytes(book.replace("windows-1251", "UTF-8")), zipped.toByteArray());
  }

  static List<byte[]> text() {
    String book =
        """
        Title: T
        Author: A
        Language: English

        CHAPTER I. The Bay

        The ship lay at anchor in
        the bay.

          Tyger,
          burning

        XII

        * * *

        Last.
        """;
    String markdown =
        """
        # A *b*

        text **bold** [l](u) `c` ![i](s)

        - a
          - b
        1. c

        > q

        Two
        ---

        ```
        code
        ```
        \\* <b>x</b> | a | b |
        """;
    String html =
        "<!doctype html><html lang=de><head><title>T</title><meta charset=utf-8><meta name=author"
            + " content=E></head><body><h1>A</h1><p>x<h2>B</h2><ul><li>y<table><td>z</table></body>";
    return List.of(
        bytes("\0" + book),
        bytes("\1" + markdown),
        bytes("\2" + html),
        typed(book.getBytes(StandardCharsets.UTF_16)),
        typed(("Глава первая\n\nЧто, Петр? " + book).getBytes(Charset.forName("KOI8-R"))),
        typed(("第一章\n\n吾輩は猫である。" + book).getBytes(Charset.forName("Shift_JIS"))));
  }

  static List<byte[]> pdf() {
    return List.of(PdfSeed.plain(), PdfSeed.rich());
  }

  private static byte[] typed(byte[] text) {
    byte[] typed = new byte[text.length + 1];
    System.arraycopy(text, 0, typed, 1, text.length);
    return typed;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
