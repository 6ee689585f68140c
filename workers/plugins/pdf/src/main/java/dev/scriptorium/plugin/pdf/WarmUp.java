package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.DiscardingSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.fontbox.cff.CFFCIDFont;
import org.apache.fontbox.cff.CFFParser;
import org.apache.fontbox.cff.CFFType1Font;
import org.apache.fontbox.cff.Type1CharStringParser;
import org.apache.fontbox.cff.Type2CharStringParser;
import org.apache.fontbox.type1.Type1Font;
import org.apache.pdfbox.pdmodel.font.PDCIDFontType0;
import org.apache.pdfbox.pdmodel.font.PDTrueTypeFont;
import org.apache.pdfbox.pdmodel.font.PDType1CFont;

/**
 * Parses a small book that is in memory, so that the classes of the first real one are loaded, then
 * larger ones, so that they are compiled.
 */
final class WarmUp {
  /** What books with fonts of other kinds need, to be in the cache of loaded classes as well. */
  private static final List<Class<?>> FONTS =
      List.of(
          CFFParser.class,
          CFFType1Font.class,
          CFFCIDFont.class,
          Type1CharStringParser.class,
          Type2CharStringParser.class,
          Type1Font.class,
          PDType1CFont.class,
          PDTrueTypeFont.class,
          PDCIDFontType0.class);

  private static final int ROUNDS = 4;

  private final PdfLimits limits;
  private final InstantSource clock;
  private int rounds;

  WarmUp(PdfLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Loads the classes.
   *
   * @throws IOException when PDFBox cannot read the book
   */
  void load() throws IOException {
    load(FONTS);
    read(WarmUpBook.small());
  }

  /**
   * Reads a larger book; false when it has done so often enough.
   *
   * @throws IOException when PDFBox cannot read the book
   */
  boolean practise() throws IOException {
    read(WarmUpBook.large(BundledFonts.bytes()));
    return ++rounds < ROUNDS;
  }

  private void read(byte[] book) throws IOException {
    try (PdfFile file = PdfFile.open(book, limits)) {
      DiscardingSink nowhere = new DiscardingSink();
      new DocumentInfo(file, "", limits).read();
      new BookParser(new NoJob(), nowhere, limits, clock, 1).parse(file, new Memory());
    } catch (JobFailure e) {
      throw new IOException("the warm-up book cannot be read", e);
    }
  }

  private static void load(List<Class<?>> classes) {
    for (Class<?> one : classes) {
      try {
        MethodHandles.lookup().ensureInitialized(one);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a public class is not accessible", e);
      }
    }
  }

  private static final class Memory implements PageStore {
    private final Queue<PageText> pages = new ArrayDeque<>();

    @Override
    public void add(PageText page) {
      pages.add(page);
    }

    @Override
    public PageText next() {
      return pages.remove();
    }
  }

  private record NoJob() implements JobContext {
    @Override
    public String kind() {
      return JobKinds.PARSE;
    }

    @Override
    public String mediaType() {
      return "application/pdf";
    }

    @Override
    public String language() {
      return "";
    }

    @Override
    public JobInput input() {
      return new JobInput.BookFile(Path.of(""), "");
    }

    @Override
    public Path scratch() {
      throw new UnsupportedOperationException("the warm-up keeps its pages in memory");
    }

    @Override
    public void progress(double fraction, String activity) {
      // Nobody waits for it.
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
