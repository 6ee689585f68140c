package dev.scriptorium.server.reading;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a quote again in text that may have changed. Of several places the one whose surroundings
 * fit best counts, then the one nearest to where it was. All indexes are in UTF-16 units. For one
 * thread.
 */
public final class QuoteMatch {
  private static final int CONTEXT = 32;
  // What must remain of the surroundings when the quote itself is gone.
  private static final int LEAST_CONTEXT = 12;
  private static final int MAX_PLACES = 2000;
  // How much longer than the quote that may be which now stands between its surroundings.
  private static final int SLACK = 200;

  private final String text;
  private @Nullable FoldedText folded;

  /**
   * @param text where to look
   */
  public QuoteMatch(String text) {
    this.text = text;
  }

  /**
   * What was marked.
   *
   * @param exact empty for a mere place
   * @param prefix what stood before it
   * @param suffix what stood behind it
   */
  public record Quote(String exact, String prefix, String suffix) {
    /** The quote for a range of a text, with up to 32 code points around it. */
    public static Quote of(String text, int start, int end) {
      int before = Math.min(CONTEXT, text.codePointCount(0, start));
      int behind = Math.min(CONTEXT, text.codePointCount(end, text.length()));
      return new Quote(
          text.substring(start, end),
          text.substring(text.offsetByCodePoints(start, -before), start),
          text.substring(end, text.offsetByCodePoints(end, behind)));
    }
  }

  /**
   * A place where a quote was found.
   *
   * @param fit how many characters of the surroundings agree
   */
  public record Found(int start, int end, int fit) {}

  /** How alike text must be, the strictest first. */
  public enum Likeness {
    /** Word for word. */
    SAME,
    /** Without regard to blanks, capitals and the form of quotation marks and dashes. */
    FOLDED,
    /** The quote is gone; what stood before and behind it is there. */
    SURROUNDINGS
  }

  /**
   * Looks for a quote.
   *
   * @param near where it is expected
   */
  public Optional<Found> find(Quote quote, int near, Likeness likeness) {
    return switch (likeness) {
      case SAME -> quote.exact().isEmpty() ? between(quote, near) : best(text, quote, near);
      case FOLDED -> folded(quote, near);
      case SURROUNDINGS -> quote.exact().isEmpty() ? Optional.empty() : between(quote, near);
    };
  }

  private Optional<Found> folded(Quote quote, int near) {
    if (folded == null) {
      folded = FoldedText.of(text);
    }
    FoldedText source = folded;
    Quote wanted =
        new Quote(
            FoldedText.of(quote.exact()).text().strip(),
            FoldedText.of(quote.prefix()).text(),
            FoldedText.of(quote.suffix()).text());
    if (wanted.exact().isEmpty()) {
      return Optional.empty();
    }
    return best(source.text(), wanted, source.indexOf(near))
        .map(
            found ->
                new Found(
                    source.source(found.start()), source.source(found.end() - 1) + 1, found.fit()));
  }

  private static Optional<Found> best(String text, Quote quote, int near) {
    String wanted = quote.exact();
    Found best = null;
    int places = 0;
    for (int at = text.indexOf(wanted);
        at >= 0 && places < MAX_PLACES;
        at = text.indexOf(wanted, at + 1)) {
      best = better(new Found(at, at + wanted.length(), fit(text, quote, at)), best, near);
      places++;
    }
    return Optional.ofNullable(best);
  }

  private Optional<Found> between(Quote quote, int near) {
    String prefix = quote.prefix();
    String suffix = quote.suffix();
    int context = prefix.length() + suffix.length();
    if (context < LEAST_CONTEXT) {
      return Optional.empty();
    }
    if (prefix.isEmpty()) {
      return best(text, new Quote(suffix, "", ""), near)
          .map(found -> new Found(found.start(), found.start(), context));
    }
    int most = quote.exact().isEmpty() ? 0 : 2 * quote.exact().length() + SLACK;
    Found best = null;
    int places = 0;
    for (int at = text.indexOf(prefix);
        at >= 0 && places < MAX_PLACES;
        at = text.indexOf(prefix, at + 1)) {
      int start = at + prefix.length();
      int end = text.indexOf(suffix, start);
      if (end >= start && end - start <= most) {
        best = better(new Found(start, end, context), best, near);
      }
      places++;
    }
    return Optional.ofNullable(best);
  }

  private static Found better(Found found, @Nullable Found best, int near) {
    if (best == null || found.fit() > best.fit()) {
      return found;
    }
    boolean nearer = Math.abs(found.start() - near) < Math.abs(best.start() - near);
    return found.fit() == best.fit() && nearer ? found : best;
  }

  private static int fit(String text, Quote quote, int start) {
    String prefix = quote.prefix();
    int before = 0;
    while (before < Math.min(prefix.length(), start)
        && prefix.charAt(prefix.length() - 1 - before) == text.charAt(start - 1 - before)) {
      before++;
    }
    String suffix = quote.suffix();
    int end = start + quote.exact().length();
    int behind = 0;
    while (behind < Math.min(suffix.length(), text.length() - end)
        && suffix.charAt(behind) == text.charAt(end + behind)) {
      behind++;
    }
    return before + behind;
  }
}
