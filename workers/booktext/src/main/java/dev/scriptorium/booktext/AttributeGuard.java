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
