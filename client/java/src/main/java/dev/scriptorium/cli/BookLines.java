package dev.scriptorium.cli;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Stage;
import java.util.List;
import java.util.stream.Collectors;

/** Facts of a book, in words. */
final class BookLines {
  private static final List<String> TIERS = List.of("visible", "readable", "analyzed");

  private BookLines() {}

  /** Names of the authors; of all contributors when the file tells no author. */
  static String authors(Book book) {
    List<Contributor> all = book.getContributorsList();
    List<Contributor> authors = all.stream().filter(c -> c.getRole().equals("aut")).toList();
    return (authors.isEmpty() ? all : authors)
        .stream().map(Contributor::getName).collect(Collectors.joining(", "));
  }

  /** The state, with the percentage of the tier that is under way. */
  static String state(Book book) {
    String state = Words.of(book.getState());
    return book.getStagesList().stream()
        .filter(stage -> stage.getState() == Stage.State.STATE_RUNNING)
        .findFirst()
        .map(stage -> state + " (" + tier(stage.getTier()) + " " + stage.getPercent() + "%)")
        .orElse(state);
  }

  /**
   * For example {@code visible 0.4 s, readable 1.3 s, analyzed 6.2 s}; only tiers that are done.
   */
  static String times(Book book) {
    return book.getStagesList().stream()
        .filter(stage -> stage.getState() == Stage.State.STATE_DONE)
        .map(stage -> tier(stage.getTier()) + " " + Words.seconds(stage.getElapsedMillis()))
        .collect(Collectors.joining(", "));
  }

  /** Times of the tiers that are done, for example {@code 0.4 / 1.3 / 6.2 s}. */
  static String briefTimes(Book book) {
    return book.getStagesList().stream()
            .filter(stage -> stage.getState() == Stage.State.STATE_DONE)
            .map(stage -> Words.seconds(stage.getElapsedMillis()).replace(" s", ""))
            .collect(Collectors.joining(" / "))
        + " s";
  }

  /** For example {@code 24 chapters, 75,012 words}. */
  static String extent(Book book) {
    String pages = book.getPageCount() > 0 ? ", " + Words.count(book.getPageCount(), "page") : "";
    return Words.count(book.getChapterCount(), "chapter")
        + pages
        + ", "
        + Words.count(book.getWordCount(), "word");
  }

  /** For example {@code DRM_PROTECTED: … (limit entries=10000)}. */
  static String failure(Failure failure) {
    String limit = failure.getLimit().isEmpty() ? "" : " (limit " + failure.getLimit() + ")";
    return ProtoJson.name(failure.getReason().getValueDescriptor())
        + ": "
        + Cells.clean(failure.getMessage() + limit);
  }

  /** What the end of a tier means to a reader. */
  static String tier(int tier) {
    return tier >= 1 && tier <= TIERS.size() ? TIERS.get(tier - 1) : "tier " + tier;
  }

  /** The ordinal at the end of a chapter's name. */
  static String ordinal(String chapter) {
    return chapter.substring(chapter.lastIndexOf('/') + 1);
  }
}
