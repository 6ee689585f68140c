package dev.scriptorium.booktext;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/**
 * Stops the XML parser before a tag with very many attributes: it needs quadratic time for them (15
 * s for 100,000). Counts equals signs after the last less-than sign, which no attribute may hold,
 * so that nothing can hide from it; text with that many of them is taken for such a tag.
 */
final class AttributeGuard extends FilterInputStream {
  private final int max;
  private int count;

  AttributeGuard(InputStream in, int max) {
    super(in);
    this.max = max;
  }

  /** Says that the tolerant parser, which is linear in attributes, must read the document. */
  static final class TooManyAttributes extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooManyAttributes(int max) {
      super("a tag has more than " + max + " attributes");
    }
  }

  /**
   * The same for a document that is there as a whole. Looks at a fraction of it: before a tag can
   * have too many attributes, as many bytes must pass without another tag.
   */
  static void check(byte[] document, int max) throws TooManyAttributes {
    int start = 0;
    while (document.length - start > max) {
      int tag = lastTag(document, start, start + max);
      start = tag < start ? afterTag(document, start, max) : tag + 1;
    }
  }

  /** The last less-than sign from one index to another; before the first when there is none. */
  private static int lastTag(byte[] document, int first, int last) {
    int at = last;
    while (at >= first && document[at] != '<') {
      at--;
    }
    return at;
  }

  /** Index after the next less-than sign, or the end. */
  private static int afterTag(byte[] document, int first, int max) throws TooManyAttributes {
    int seen = 0;
    int at = first;
    while (at < document.length && document[at] != '<') {
      if (document[at++] == '=' && ++seen > max) {
        throw new TooManyAttributes(max);
      }
    }
    return at + 1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    int seen = count;
    for (int i = offset; i < offset + read; i++) {
      byte b = bytes[i];
      if (b == '<') {
        seen = 0;
      } else if (b == '=' && ++seen > max) {
        throw new TooManyAttributes(max);
      }
    }
    count = seen;
    return read;
  }
}
