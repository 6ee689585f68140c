package dev.scriptorium.plugin.fictionbook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts a comment into text that goes on and on without markup, as pictures in base64 do: the XML
 * parser holds a piece of text as a whole, four bytes for each of its own. The comment goes where
 * the text has been ASCII for a while, so that no character is cut in any encoding; within an
 * attribute of that length it makes the document malformed, which is what it is.
 */
final class PartedRuns extends FilterInputStream {
  private static final int RUN = 1 << 20;
  private static final int SAFE = 64;
  private static final byte[] COMMENT = "<!---->".getBytes(StandardCharsets.US_ASCII);

  private int run;
  private int ascii;
  private int pending = COMMENT.length;

  PartedRuns(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (run >= RUN && ascii >= SAFE) {
      run = 0;
      pending = 0;
    }
    if (pending < COMMENT.length) {
      int count = Math.min(length, COMMENT.length - pending);
      System.arraycopy(COMMENT, pending, bytes, offset, count);
      pending += count;
      return count;
    }
    int count = in.read(bytes, offset, length);
    for (int i = offset; i < offset + count; i++) {
      byte b = bytes[i];
      run = b == '<' ? 0 : run + 1;
      // A reference, such as an entity's, must not be cut either.
      ascii = b >= ' ' && b != '&' && b != ']' ? ascii + 1 : b == '\n' || b == '\r' ? ascii : 0;
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
