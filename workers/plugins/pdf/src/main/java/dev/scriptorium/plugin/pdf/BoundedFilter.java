package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * A decoder that ends at a limit. PDFBox decodes object streams and cross-reference streams into
 * memory while it opens a file, before anybody could look at them, and has no limit of its own and
 * no place to give it one: so its decoders are replaced in its table.
 */
final class BoundedFilter extends Filter {
  private static final List<COSName> BOUNDED =
      List.of(
          COSName.FLATE_DECODE,
          COSName.FLATE_DECODE_ABBREVIATION,
          COSName.LZW_DECODE,
          COSName.LZW_DECODE_ABBREVIATION,
          COSName.RUN_LENGTH_DECODE,
          COSName.RUN_LENGTH_DECODE_ABBREVIATION);

  private static final Object LOCK = new Object();

  // A little more than a page's own check allows: that one can name its page, so it comes first.
  private static final long MAX_BYTES = PdfLimits.DEFAULT.streamBytes() + (1 << 20);

  private final Filter decoder;

  private BoundedFilter(Filter decoder) {
    this.decoder = decoder;
  }

  /** Bounds all decoders of this JVM, whoever opens the first file in it. Thread-safe. */
  static void install() {
    synchronized (LOCK) {
      Map<COSName, Filter> table = table();
      if (table.get(COSName.FLATE_DECODE) instanceof BoundedFilter) {
        // Others may read the table now: it is written to once, before anything is decoded.
        return;
      }
      for (COSName name : BOUNDED) {
        table.computeIfPresent(name, (same, decoder) -> new BoundedFilter(decoder));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<COSName, Filter> table() {
    try {
      Field filters = FilterFactory.class.getDeclaredField("filters");
      filters.setAccessible(true);
      return (Map<COSName, Filter>) filters.get(FilterFactory.INSTANCE);
    } catch (ReflectiveOperationException e) {
      // Another version of PDFBox; without bounds no file may be opened.
      throw new IllegalStateException("the decoders of PDFBox cannot be bounded", e);
    }
  }

  @Override
  public DecodeResult decode(
      InputStream encoded, OutputStream decoded, COSDictionary parameters, int index)
      throws IOException {
    checkRow(parameters);
    return decoder.decode(encoded, bounded(decoded), parameters, index);
  }

  @Override
  public DecodeResult decode(
      InputStream encoded,
      OutputStream decoded,
      COSDictionary parameters,
      int index,
      DecodeOptions options)
      throws IOException {
    checkRow(parameters);
    return decoder.decode(encoded, bounded(decoded), parameters, index, options);
  }

  @Override
  protected void encode(InputStream input, OutputStream encoded, COSDictionary parameters)
      throws IOException {
    decoder.encode(input, encoded, parameters, 0);
  }

  private static void checkRow(COSDictionary parameters) throws IOException {
    if (DecodedSize.hasImpossibleRow(parameters)) {
      throw new IOException("a row of a predictor is impossible");
    }
  }

  private OutputStream bounded(OutputStream decoded) {
    return new BoundedOutput(
        decoded, MAX_BYTES, () -> new IOException("a stream grows beyond " + MAX_BYTES + " bytes"));
  }
}
