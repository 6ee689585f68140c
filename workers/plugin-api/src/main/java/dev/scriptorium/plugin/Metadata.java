package dev.scriptorium.plugin;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the file says about the book. Texts are empty when the file says nothing.
 *
 * @param format name of the format with its version, for example {@code EPUB 3.0}
 * @param contributors in the file's order
 * @param languages BCP 47 tags, the main language first
 * @param published a year, a date, or free text
 * @param pageCount pages of a paged format, 0 for others
 * @param accessibility who can read it
 */
public record Metadata(
    String format,
    String title,
    List<Contributor> contributors,
    List<String> languages,
    String description,
    String publisher,
    String published,
    String series,
    OptionalDouble seriesIndex,
    List<String> subjects,
    List<Identifier> identifiers,
    int pageCount,
    Accessibility accessibility) {

  /** Metadata that say nothing of accessibility. */
  public Metadata(
      String format,
      String title,
      List<Contributor> contributors,
      List<String> languages,
      String description,
      String publisher,
      String published,
      String series,
      OptionalDouble seriesIndex,
      List<String> subjects,
      List<Identifier> identifiers,
      int pageCount) {
    this(
        format,
        title,
        contributors,
        languages,
        description,
        publisher,
        published,
        series,
        seriesIndex,
        subjects,
        identifiers,
        pageCount,
        Accessibility.UNKNOWN);
  }

  /** Copies the lists. */
  public Metadata {
    contributors = List.copyOf(contributors);
    languages = List.copyOf(languages);
    subjects = List.copyOf(subjects);
    identifiers = List.copyOf(identifiers);
    if (pageCount < 0) {
      throw new IllegalArgumentException("pageCount " + pageCount + " is below 0");
    }
  }

  /** Metadata with a format and a title and nothing else. */
  public static Metadata of(String format, String title) {
    return new Metadata(
        format,
        title,
        List.of(),
        List.of(),
        "",
        "",
        "",
        "",
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        0);
  }

  /**
   * A person or body that made the book.
   *
   * @param role MARC relator code, {@code aut} for authors
   * @param fileAs for sorting; empty when the file gives none
   */
  public record Contributor(String name, String role, String fileAs) {}

  /**
   * One of the book's identifiers.
   *
   * @param scheme lower case, for example {@code isbn}; empty when unknown
   */
  public record Identifier(String scheme, String value) {}
}
