package dev.scriptorium.plugin.pdf;

import java.io.FilterOutputStream;
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

  private final Filter decoder;
  private final long maxBytes;

  private BoundedFilter(Filter decoder, long maxBytes) {
    this.decoder = decoder;
    this.maxBytes = maxBytes;
  }

  /** Bounds all decoders of this JVM; the first limit stays. Thread-safe. */
  static void install(long maxBytes) {
    synchronized (LOCK) {
      Map<COSName, Filter> table = table();
      if (table.get(COSName.FLATE_DECODE) instanceof BoundedFilter) {
        // Others may read the table now: it is written to once, before anything is decoded.
        return;
      }
      for (COSName name : BOUNDED) {
        table.computeIfPresent(name, (same, decoder) -> new BoundedFilter(decoder, maxBytes));
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
    return decoder.decode(encoded, new Bounded(decoded), parameters, index);
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
    return decoder.decode(encoded, new Bounded(decoded), parameters, index, options);
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

  private final class Bounded extends FilterOutputStream {
    private long count;

    Bounded(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int b) throws IOException {
      count(1);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      count(length);
      out.write(bytes, offset, length);
    }

    private void count(int length) throws IOException {
      count += length;
      if (count > maxBytes) {
        throw new IOException("a stream grows beyond " + maxBytes + " bytes");
      }
    }
  }
}
