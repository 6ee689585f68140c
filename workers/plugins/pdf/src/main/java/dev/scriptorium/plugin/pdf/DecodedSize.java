package dev.scriptorium.plugin.pdf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses streams that grow beyond a limit when they are decoded. PDFBox decodes a stream as a
 * whole into memory, so the size has to be known before; it is counted without keeping the bytes.
 * Not thread-safe.
 */
final class DecodedSize {
  /** Deflate and LZW make at most about this many bytes of one. */
  private static final int MOST_GROWTH = 1400;

  /** Begin of the limit's name when only compression of something compressed can reach it. */
  static final String STREAM_RATIO = "stream-ratio=";

  private static final List<COSName> FONT_FILES =
      List.of(COSName.FONT_FILE, COSName.FONT_FILE2, COSName.FONT_FILE3);

  /** Bytes of a row that a predictor works on, which PDFBox allocates unseen. */
  private static final long MOST_ROW_BYTES = 4 << 20;

  private final long maxBytes;
  private final Set<COSBase> checked = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean repaired;

  DecodedSize(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Checks the content streams of a page. */
  void check(Iterator<PDStream> streams) throws IOException {
    while (streams.hasNext()) {
      check(streams.next().getCOSObject());
    }
  }

  /**
   * @throws StreamTooLarge when the stream is larger than the limit
   */
  void check(COSStream stream) throws IOException {
    if (hasImpossibleRow(stream)) {
      stream.removeItem(COSName.DECODE_PARMS);
      stream.removeItem(COSName.DP);
      repaired = true;
    }
    if (mayExceed(stream) && checked.add(stream) && exceeds(stream)) {
      checked.remove(stream);
      boolean outOfProportion = stream.getLength() * MOST_GROWTH < maxBytes;
      throw new StreamTooLarge(
          outOfProportion ? STREAM_RATIO + MOST_GROWTH : "stream-bytes=" + maxBytes);
    }
  }

  /** True when the parameters of a stream were left out since this was last asked. */
  boolean takeRepaired() {
    boolean taken = repaired;
    repaired = false;
    return taken;
  }

  /** True when a predictor of this stream would work on rows beyond all bounds. */
  static boolean hasImpossibleRow(COSDictionary stream) {
    COSBase parameters = stream.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
    return parameters instanceof COSArray list
        ? list.toList().stream()
            .map(item -> item instanceof COSObject object ? object.getObject() : item)
            .anyMatch(DecodedSize::areImpossible)
        : areImpossible(parameters);
  }

  private static boolean areImpossible(@Nullable COSBase parameters) {
    return parameters instanceof COSDictionary dictionary && rowBytes(dictionary) > MOST_ROW_BYTES;
  }

  private static double rowBytes(COSDictionary parameters) {
    double bits = parameters.getInt(COSName.BITS_PER_COMPONENT, Byte.SIZE);
    double colors = parameters.getInt(COSName.COLORS, 1);
    return bits * colors * parameters.getInt(COSName.COLUMNS, 1) / Byte.SIZE;
  }

  /** Checks the streams of a font before PDFBox loads it. */
  void checkFont(PDResources resources, List<COSBase> operands) throws IOException {
    if (operands.isEmpty() || !(operands.getFirst() instanceof COSName name)) {
      return;
    }
    COSDictionary fonts = resources.getCOSObject().getCOSDictionary(COSName.FONT);
    COSDictionary font = fonts == null ? null : fonts.getCOSDictionary(name);
    if (font != null && checked.add(font)) {
      checkFont(font);
    }
  }

  private void checkFont(COSDictionary font) throws IOException {
    checkEntry(font, COSName.TO_UNICODE);
    checkEntry(font, COSName.ENCODING);
    checkDescriptor(font.getCOSDictionary(COSName.FONT_DESC));
    COSArray descendants = font.getCOSArray(COSName.DESCENDANT_FONTS);
    if (descendants != null
        && descendants.size() > 0
        && descendants.getObject(0) instanceof COSDictionary descendant) {
      checkEntry(descendant, COSName.CID_TO_GID_MAP);
      checkDescriptor(descendant.getCOSDictionary(COSName.FONT_DESC));
    }
  }

  private void checkDescriptor(COSDictionary descriptor) throws IOException {
    if (descriptor != null) {
      for (COSName file : FONT_FILES) {
        checkEntry(descriptor, file);
      }
    }
  }

  private void checkEntry(COSDictionary dictionary, COSName key) throws IOException {
    if (dictionary.getDictionaryObject(key) instanceof COSStream stream) {
      check(stream);
    }
  }

  private boolean mayExceed(COSStream stream) {
    long growth = 1;
    for (int i = 0; i < filters(stream).size(); i++) {
      growth *= MOST_GROWTH;
    }
    return stream.getLength() > maxBytes / growth;
  }

  private boolean exceeds(COSStream stream) throws IOException {
    List<COSName> filters = filters(stream);
    try (InputStream raw = stream.createRawInputStream()) {
      InputStream encoded = raw;
      for (int i = 0; i < filters.size(); i++) {
        boolean last = i == filters.size() - 1;
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        OutputStream decoded =
            new BoundedOutput(
                last ? OutputStream.nullOutputStream() : kept,
                maxBytes,
                () -> new StreamTooLarge("stream-bytes=" + maxBytes));
        FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(encoded, decoded, stream, i);
        encoded = new ByteArrayInputStream(kept.toByteArray());
      }
      return false;
    } catch (StreamTooLarge e) {
      return true;
    }
  }

  private static List<COSName> filters(COSStream stream) {
    COSBase filters = stream.getFilters();
    if (filters instanceof COSName name) {
      return List.of(name);
    }
    return filters instanceof COSArray names
        ? names.toList().stream()
            .filter(COSName.class::isInstance)
            .map(COSName.class::cast)
            .toList()
        : List.of();
  }

  /** A stream is larger than the limit. */
  static final class StreamTooLarge extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private final String limit;

    private StreamTooLarge(String limit) {
      super("a stream is more than the limit allows: " + limit);
      this.limit = limit;
    }

    /** The limit, for example {@code stream-bytes=52428800}. */
    String limit() {
      return limit;
    }
  }
}
