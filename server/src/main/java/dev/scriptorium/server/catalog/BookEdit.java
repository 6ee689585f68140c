package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.UpdateBookRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Decides which fields an update changes and checks their values. */
final class BookEdit {
  private static final Set<String> FIELDS =
      Set.of(
          "title",
          "contributors",
          "languages",
          "description",
          "publisher",
          "published",
          "series",
          "series_index",
          "subjects",
          "genres",
          "tags",
          "locked_fields");

  /** Those that a job may find in a file, and that can be locked against that. */
  static final Set<String> LOCKABLE =
      Set.of(
          "title",
          "contributors",
          "languages",
          "description",
          "publisher",
          "published",
          "series",
          "series_index",
          "subjects");

  private static final int MAX_LINE = 1000;
  private static final int MAX_DESCRIPTION = 50_000;
  private static final int MAX_CONTRIBUTORS = 200;
  private static final int MAX_LANGUAGES = 20;
  private static final int MAX_SUBJECTS = 200;
  private static final int MAX_LABELS = 100;
  private static final int MAX_LABEL = 100;
  private static final Pattern LANGUAGE_TAG =
      Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,10}");

  private BookEdit() {}

  /**
   * The fields to change: those of the mask, all for {@code *}, and those that are set when there
   * is no mask.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD for an unknown path or a value
   *     out of its range
   */
  static Set<String> fields(UpdateBookRequest request) {
    List<String> mask = request.getUpdateMask().getPathsList();
    Set<String> fields = mask.isEmpty() ? populated(request.getBook()) : named(mask);
    check(request.getBook(), fields);
    return fields;
  }

  private static Set<String> named(List<String> mask) {
    if (mask.equals(List.of("*"))) {
      return FIELDS;
    }
    for (String path : mask) {
      if (!FIELDS.contains(path)) {
        throw InvalidField.of("update_mask", path, String.join(", ", new TreeSet<>(FIELDS)));
      }
    }
    return new TreeSet<>(mask);
  }

  private static Set<String> populated(Book book) {
    Set<String> set = new TreeSet<>();
    book.getAllFields().keySet().forEach(field -> set.add(field.getName()));
    set.retainAll(FIELDS);
    return set;
  }

  private static void check(Book book, Set<String> fields) {
    if (fields.contains("title") && book.getTitle().isBlank()) {
      throw InvalidField.of("book.title", book.getTitle(), "1 to 1000 code points, not blank");
    }
    line("book.title", book.getTitle());
    line("book.publisher", book.getPublisher());
    line("book.published", book.getPublished());
    line("book.series", book.getSeries());
    text("book.description", book.getDescription(), MAX_DESCRIPTION);
    count("book.contributors", book.getContributorsCount(), MAX_CONTRIBUTORS);
    count("book.languages", book.getLanguagesCount(), MAX_LANGUAGES);
    count("book.subjects", book.getSubjectsCount(), MAX_SUBJECTS);
    count("book.genres", book.getGenresCount(), MAX_LABELS);
    count("book.tags", book.getTagsCount(), MAX_LABELS);
    book.getGenresList().forEach(genre -> label("book.genres", genre));
    book.getTagsList().forEach(tag -> label("book.tags", tag));
    book.getLockedFieldsList().forEach(BookEdit::lockable);
    book.getContributorsList().forEach(BookEdit::contributor);
    book.getLanguagesList().forEach(BookEdit::language);
    book.getSubjectsList().forEach(subject -> line("book.subjects", subject));
    if (!Double.isFinite(book.getSeriesIndex())) {
      throw InvalidField.of("book.series_index", book.getSeriesIndex(), "a finite number");
    }
  }

  private static void contributor(Contributor contributor) {
    if (contributor.getName().isBlank()) {
      throw InvalidField.of("book.contributors.name", contributor.getName(), "not blank");
    }
    line("book.contributors.name", contributor.getName());
    line("book.contributors.role", contributor.getRole());
    line("book.contributors.file_as", contributor.getFileAs());
  }

  private static void language(String tag) {
    if (!LANGUAGE_TAG.matcher(tag).matches()) {
      throw InvalidField.of("book.languages", tag, "a BCP 47 tag");
    }
  }

  private static void label(String field, String value) {
    if (value.isBlank()) {
      throw InvalidField.of(field, value, "1 to " + MAX_LABEL + " code points, not blank");
    }
    text(field, value, MAX_LABEL);
  }

  private static void lockable(String field) {
    if (!LOCKABLE.contains(field)) {
      throw InvalidField.of(
          "book.locked_fields", field, String.join(", ", new TreeSet<>(LOCKABLE)));
    }
  }

  private static void line(String field, String value) {
    text(field, value, MAX_LINE);
  }

  private static void text(String field, String value, int most) {
    if (value.indexOf('\0') >= 0 || value.codePointCount(0, value.length()) > most) {
      throw InvalidField.of(field, value, "at most " + most + " code points, none of them U+0000");
    }
  }

  private static void count(String field, int count, int most) {
    if (count > most) {
      throw InvalidField.of(field, count + " values", "at most " + most + " values");
    }
  }
}
