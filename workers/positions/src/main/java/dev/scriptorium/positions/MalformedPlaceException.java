package dev.scriptorium.positions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that is no place in a book, and where it stops being one. */
public final class MalformedPlaceException extends IllegalArgumentException {
  @java.io.Serial private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 100;

  private final String problem;
  private final int column;

  private MalformedPlaceException(String problem, String shown, int column) {
    super(problem + ": " + shown);
    this.problem = problem;
    this.column = column;
  }

  /**
   * @param shape what the whole text would have to match
   * @param what it should have been, for example {@code an EPUB CFI}
   */
  static MalformedPlaceException of(Pattern shape, String place, String what) {
    int good = beginning(shape, place);
    String shown = place.substring(0, Math.min(MAX_SHOWN, place.length()));
    return new MalformedPlaceException("not " + what, shown, place.codePointCount(0, good) + 1);
  }

  /** What it is not, for example {@code not an EPUB CFI}. */
  public String problem() {
    return problem;
  }

  /** Of the first character that does not belong there, from 1 in code points. */
  public int column() {
    return column;
  }

  // What begins like a place may still become one; once it does not, nothing more helps.
  @SuppressWarnings("JdkObsolete") // Whether more text might match is just what is asked.
  private static int beginning(Pattern shape, String place) {
    Matcher matcher = shape.matcher(place);
    int low = 0;
    int high = place.length();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      matcher.region(0, middle);
      if (matcher.matches() || matcher.hitEnd()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
