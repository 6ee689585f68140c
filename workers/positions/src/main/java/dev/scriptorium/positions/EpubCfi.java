package dev.scriptorium.positions;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A canonical fragment identifier of EPUB for a place in a text, as far as it says where:
 * assertions of ids and text are skipped, and a range is its begin.
 */
record EpubCfi(int packageStep, int itemStep, Place place) {
  private static final Pattern ASSERTION = Pattern.compile("\\[(?:\\^.|[^\\]^])*]");
  private static final Pattern SHAPE =
      Pattern.compile("/(\\d{1,9})/(\\d{1,9})!((?:/\\d{1,9})*)(?::(\\d{1,9}))?[~@:.\\d]*");
  // The same with all that is skipped; tells where a text goes wrong.
  private static final Pattern WHOLE = whole();
  private static final int MAX_LENGTH = 10_000;

  /**
   * A place in a document.
   *
   * @param steps from the root element: even for elements, odd for pieces of text
   * @param offset in a piece of text, in UTF-16 units; -1 when none is given
   * @param before true when the place belongs to what comes before it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Place(int[] steps, int offset, boolean before) {}

  /** Steps of the package to a document's place in the spine, which every CFI begins with. */
  static EpubCfi parse(String cfi) {
    if (!cfi.startsWith("epubcfi(") || !cfi.endsWith(")") || cfi.length() > MAX_LENGTH) {
      throw malformed(cfi);
    }
    String inner = cfi.substring("epubcfi(".length(), cfi.length() - 1);
    boolean before = inner.contains(";s=b");
    String[] parts = ASSERTION.matcher(inner).replaceAll("").split(",", -1);
    Matcher matcher = SHAPE.matcher(parts.length == 3 ? parts[0] + parts[1] : parts[0]);
    if (parts.length == 2 || parts.length > 3 || !matcher.matches()) {
      throw malformed(cfi);
    }
    int[] steps =
        Arrays.stream(matcher.group(3).split("/"))
            .filter(step -> !step.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int offset = matcher.group(4) == null ? -1 : Integer.parseInt(matcher.group(4));
    return new EpubCfi(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        new Place(steps, offset, before));
  }

  @Override
  public String toString() {
    StringBuilder cfi = new StringBuilder("epubcfi(");
    cfi.append('/').append(packageStep).append('/').append(itemStep).append('!');
    for (int step : place.steps) {
      cfi.append('/').append(step);
    }
    if (place.offset >= 0) {
      cfi.append(':').append(place.offset);
    }
    return cfi.append(place.before ? "[;s=b])" : ")").toString();
  }

  private static IllegalArgumentException malformed(String cfi) {
    String looked = cfi.substring(0, Math.min(MAX_LENGTH, cfi.length()));
    return MalformedPlaceException.of(WHOLE, looked, "an EPUB CFI");
  }

  private static Pattern whole() {
    String assertion = "(?:\\[(?:\\^.|[^\\]^])*+])*+";
    String step = "/\\d{1,9}" + assertion;
    String local = "(?:" + step + ")*+(?::\\d{1,9}" + assertion + ")?[~@:.\\d]*+" + assertion;
    return Pattern.compile(
        "epubcfi\\(" + step + step + "!" + local + "(?:," + local + "," + local + ")?\\)");
  }
}
