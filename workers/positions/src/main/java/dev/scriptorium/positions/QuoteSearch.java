package dev.scriptorium.positions;

import dev.scriptorium.positions.ApproximateSearch.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds quoted passages again in a book that was read anew: after chapters were split, joined or
 * put into another order, paragraphs were put in, and slips of the pen were mended. First the words
 * as they are are looked for, then words much like them, then the passage's begin and its end by
 * themselves. A mere place is looked for between what stood on its sides, then beside one of the
 * two. What is found more than once is told apart by what stands around it, and then by how far
 * into the book it is. Immutable; thread-safe.
 *
 * <pre>{@code
 * Quote quote = Quote.of(oldChapters.get(3), 1200, 1280);
 * QuoteSearch search = new QuoteSearch(newChapters);
 * Optional<FoundPassage> now = search.find(quote, 0.25);
 * }</pre>
 *
 * <p>The time for a passage is bounded by the book's length: about a millisecond for a million
 * characters when its words are there, some ten when they are not, and as much again for begin and
 * end.
 */
public final class QuoteSearch {
  /** A passage less like the quote is not taken for it. */
  public static final double LEAST_LIKENESS = 0.6;

  /** Words with this likeness stand where they stood: one side at least is as it was. */
  private static final double SURE = 0.75;

  /** Words of this length that stand in the book once need no other sign. */
  private static final int TELLING = 24;

  /** Nobody could tell more passages of the same words apart. */
  private static final int MAX_EQUAL = 2_000;

  private static final int MAX_ALIKE = 8;

  /** Share of the characters that may differ. */
  private static final double MAX_ERRORS = 0.45;

  /** Characters of a long passage's begin, and of its end, that are looked for. */
  private static final int MAX_PART = 256;

  private static final int MIN_PART = 16;

  /** Begin and end may have moved apart by as many lengths of the passage, and by this. */
  private static final int STRETCH = 3;

  private static final int PARAGRAPHS = 4_000;

  /** What stands beside a mere place says nothing when it is shorter. */
  private static final int LEAST_CONTEXT = 12;

  /** A mere place has no words of its own: what stands around it must be more like it was. */
  private static final double LEAST_PLACE = 0.7;

  private final List<String> chapters;
  private final long[] begins;

  /**
   * @param chapters canonical texts of the book as it is now, in reading order
   */
  public QuoteSearch(List<String> chapters) {
    this.chapters = List.copyOf(chapters);
    begins = new long[chapters.size() + 1];
    for (int i = 0; i < chapters.size(); i++) {
      begins[i + 1] = begins[i] + chapters.get(i).length();
    }
  }

  /**
   * Finds a passage.
   *
   * @param progress how far into the book the passage was, 0 to 1; decides only between passages
   *     that are as good as equally like it
   * @return empty when the book has nothing that is like it
   */
  public Optional<FoundPassage> find(Quote quote, double progress) {
    if (!(progress >= 0 && progress <= 1)) {
      throw new IllegalArgumentException("progress " + progress + " is not from 0 to 1");
    }
    if (quote.exact().isEmpty()) {
      return between(quote, progress).map(this::passage);
    }
    List<Place> equal = equal(quote);
    return best(equal, progress)
        .filter(place -> isSure(place, quote, equal))
        .or(() -> changed(quote, progress))
        .map(this::passage);
  }

  private Optional<Place> changed(Quote quote, double progress) {
    Optional<Place> alike = alike(quote, progress);
    if (alike.filter(place -> place.likeness >= SURE).isPresent()) {
      return alike;
    }
    return Stream.of(alike, parts(quote, progress))
        .flatMap(Optional::stream)
        .max(Comparator.comparingDouble(Place::likeness));
  }

  /**
   * A candidate.
   *
   * @param start in UTF-16 units
   * @param end in UTF-16 units
   */
  private record Place(int chapter, int start, int end, double likeness) {
    Place at(int place) {
      return new Place(chapter, place, place, likeness);
    }

    Place withEnd(int newEnd, double newLikeness) {
      return new Place(chapter, start, newEnd, newLikeness);
    }
  }

  private List<Place> equal(Quote quote) {
    return occurrences(quote.exact()).stream()
        .map(
            place -> {
              String text = chapters.get(place.chapter);
              return place.withEnd(place.end, likeness(quote, 1, text, place.start, place.end));
            })
        .toList();
  }

  private List<Place> occurrences(String words) {
    List<Place> places = new ArrayList<>();
    for (int chapter = 0; chapter < chapters.size(); chapter++) {
      String text = chapters.get(chapter);
      int at = text.indexOf(words);
      while (at >= 0 && places.size() < MAX_EQUAL) {
        places.add(new Place(chapter, at, at + words.length(), 1));
        at = text.indexOf(words, at + 1);
      }
    }
    return places;
  }

  /** A mere place. */
  private Optional<Place> between(Quote quote, double progress) {
    String before = quote.prefix();
    String after = quote.suffix();
    String both = before + after;
    if (both.length() < LEAST_CONTEXT) {
      return Optional.empty();
    }
    return best(occurrences(both), progress)
        .map(place -> place.at(place.start + before.length()))
        .or(() -> only(after).map(place -> place.at(place.start)))
        .or(() -> only(before).map(place -> place.at(place.end)))
        .or(() -> best(near(both, before.length(), before.length()), progress))
        .filter(place -> place.likeness >= LEAST_PLACE);
  }

  private Optional<Place> only(String words) {
    List<Place> places = words.length() < LEAST_CONTEXT ? List.of() : occurrences(words);
    return places.size() == 1 ? Optional.of(places.getFirst()) : Optional.empty();
  }

  private static boolean isSure(Place place, Quote quote, List<Place> equal) {
    boolean telling = equal.size() == 1 && quote.exact().length() >= TELLING;
    return telling || place.likeness >= SURE;
  }

  /** Words much like those of the passage. */
  private Optional<Place> alike(Quote quote, double progress) {
    String before = quote.prefix();
    String pattern = before + quote.exact() + quote.suffix();
    int from = before.length();
    List<Place> places = near(pattern, from, from + quote.exact().length());
    List<Place> judged = new ArrayList<>();
    for (Place place : places) {
      String text = chapters.get(place.chapter);
      double likeness = likeness(quote, place.likeness, text, place.start, place.end);
      judged.add(place.withEnd(place.end, likeness));
    }
    return best(judged, progress).filter(place -> place.likeness >= LEAST_LIKENESS);
  }

  /** The passage from its begin to its end, each found by itself. */
  private Optional<Place> parts(Quote quote, double progress) {
    String exact = quote.exact();
    int length = Math.min(MAX_PART, exact.length() / 2);
    if (length < MIN_PART) {
      return Optional.empty();
    }
    String before = quote.prefix();
    String head = before + exact.substring(0, length);
    String tail = exact.substring(exact.length() - length) + quote.suffix();
    List<Place> ends = near(tail, 0, length);
    List<Place> spans = new ArrayList<>();
    for (Place begin : near(head, before.length(), head.length())) {
      for (Place end : ends) {
        Place span = span(begin, end, exact.length());
        if (span != null) {
          spans.add(span);
        }
      }
    }
    return best(spans, progress).filter(place -> place.likeness >= LEAST_LIKENESS);
  }

  /** A passage that a new chapter now cuts in two ends with the first of them. */
  private @Nullable Place span(Place begin, Place end, int length) {
    long distance = begins[end.chapter] + end.end - begins[begin.chapter] - begin.start;
    if (distance < length / 2 || distance > (long) STRETCH * length + PARAGRAPHS) {
      return null;
    }
    boolean cut = end.chapter > begin.chapter;
    int last = cut ? chapters.get(begin.chapter).length() : end.end;
    return begin.withEnd(last, (begin.likeness + end.likeness) / 2);
  }

  /**
   * Places that are most like a pattern; their likeness and extent are those of a part of it, or,
   * for an empty part, the likeness of the whole.
   *
   * @param from begin of the part
   * @param to end of the part
   */
  private List<Place> near(String pattern, int from, int to) {
    if (pattern.length() > ApproximateSearch.MAX_PATTERN) {
      return List.of();
    }
    ApproximateSearch search = new ApproximateSearch(pattern);
    int maxErrors = (int) (pattern.length() * MAX_ERRORS);
    List<Candidate> found = new ArrayList<>();
    for (int chapter = 0; chapter < chapters.size(); chapter++) {
      for (End end : search.ends(chapters.get(chapter), maxErrors, MAX_ALIKE)) {
        found.add(new Candidate(chapter, end));
      }
    }
    return found.stream()
        .sorted(Comparator.comparingInt(candidate -> candidate.end.errors()))
        .limit(MAX_ALIKE)
        .map(candidate -> place(candidate, pattern, from, to))
        .toList();
  }

  private record Candidate(int chapter, End end) {}

  private Place place(Candidate candidate, String pattern, int from, int to) {
    String text = chapters.get(candidate.chapter);
    End end = candidate.end;
    Alignment alignment = new Alignment(pattern, text, end.index(), end.errors());
    int begin = alignment.begin(from);
    if (from == to) {
      double likeness = 1 - (double) end.errors() / pattern.length();
      return new Place(candidate.chapter, begin, begin, likeness);
    }
    int last = Math.max(begin, alignment.end(to));
    int length = Math.max(to - from, last - begin);
    return new Place(
        candidate.chapter, begin, last, 1 - (double) alignment.errors(from, to) / length);
  }

  /** Position decides only when nothing else does. */
  private Optional<Place> best(List<Place> places, double progress) {
    double length = Math.max(1, begins[begins.length - 1]);
    return places.stream()
        .max(
            Comparator.comparingDouble(
                place -> {
                  double now = (begins[place.chapter] + place.start) / length;
                  return place.likeness - Math.abs(now - progress) / 50;
                }));
  }

  /** Half of it are the words, the rest what stands on either side. */
  private static double likeness(Quote quote, double words, String text, int start, int end) {
    int before = Math.max(0, start - quote.prefix().length());
    int after = Math.min(text.length(), end + quote.suffix().length());
    double left = Alignment.likeness(quote.prefix(), text.substring(before, start));
    double right = Alignment.likeness(quote.suffix(), text.substring(end, after));
    return 0.5 * words + 0.25 * left + 0.25 * right;
  }

  private FoundPassage passage(Place place) {
    String text = chapters.get(place.chapter);
    int start = place.start;
    int end = place.end;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int from = text.codePointCount(0, start);
    return new FoundPassage(
        place.chapter, from, from + text.codePointCount(start, end), place.likeness);
  }
}
