package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.ImageType;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over the pictures of pages, one in memory at a time, each once however often it is drawn.
 * Not thread-safe.
 */
final class Pictures {
  private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

  /** Narrower or lower ones, in points, are ornaments and letters. */
  private static final float SMALLEST = 36;

  /** Share of the page that a picture behind a text covers: the scan of what was recognised. */
  private static final float BEHIND_TEXT = 0.85f;

  private final PdfFile file;
  private final PagePictures search;
  private final PictureFile files;
  private final PdfLimits limits;
  private final BookSink sink;

  /** Names of the pictures handed over; empty for those that cannot be shown. */
  private final IdentityHashMap<COSStream, String> names = new IdentityHashMap<>();

  /**
   * A picture on its page.
   *
   * @param resource as handed to the sink
   * @param x its middle, in points from the left
   * @param endY its lower edge, in points from the top
   */
  record Shown(String resource, float x, float endY) {}

  Pictures(PdfFile file, PagePictures search, PdfLimits limits, BookSink sink) {
    this.file = file;
    this.search = search;
    this.files = new PictureFile(limits);
    this.limits = limits;
    this.sink = sink;
  }

  /**
   * Hands over what is new on a page; gives all of the page's pictures from the top down.
   *
   * @param text true when the page has text
   */
  List<Shown> of(int page, boolean text) throws IOException {
    PDPage sheet = file.pages().get(page - 1);
    PDRectangle box = sheet.getCropBox();
    float most = text ? BEHIND_TEXT * box.getWidth() * box.getHeight() : Float.MAX_VALUE;
    List<Shown> shown = new ArrayList<>();
    for (PagePictures.Drawn drawn : search.on(sheet)) {
      if (drawn.width() >= SMALLEST && drawn.height() >= SMALLEST && drawn.area() < most) {
        String name = name(drawn.picture(), page);
        if (!name.isEmpty()) {
          shown.add(new Shown(name, drawn.x(), drawn.endY()));
        }
      }
    }
    shown.sort(Comparator.comparingDouble(Shown::endY));
    return shown;
  }

  private String name(COSStream picture, int page) throws IOException {
    String known = names.get(picture);
    if (known != null || names.size() >= limits.pictures()) {
      return known == null ? "" : known;
    }
    String place = "page-" + page + "-" + (names.size() + 1);
    String name = "";
    try {
      name = handOver(picture, place);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.debug("a picture of page {} cannot be read", page, e);
    }
    if (name.isEmpty()) {
      String message = "A picture is damaged, too large, or of a form that is not read.";
      sink.warning(new Warning("IMAGE_UNREADABLE", "page " + page, message));
    }
    names.put(picture, name);
    return name;
  }

  private String handOver(COSStream picture, String place) throws IOException {
    Optional<byte[]> bytes = files.of(picture);
    Optional<ImageType> type = bytes.flatMap(ImageType::of);
    if (type.isEmpty()) {
      return "";
    }
    ImageType found = type.get();
    String name = place + (found.mediaType().equals("image/png") ? ".png" : ".jpg");
    sink.image(
        new Image(name, found.mediaType(), found.width(), found.height(), bytes.orElseThrow()));
    return name;
  }
}
