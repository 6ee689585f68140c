package dev.scriptorium.server.reading;

/** SQL that finds the chapter which holds a place of a book. */
public final class ChapterAt {
  private ChapterAt() {}

  /**
   * A join that adds {@code p.ordinal} and {@code p.start_offset}, null before the first chapter:
   * one look into the index of chapters by where they begin. Of several that begin at the same
   * place all but the last are empty, and it is that one.
   *
   * @param book column with the book's id
   * @param owner column with the book's owner
   * @param offset column with the place, in code points of the book
   */
  public static String joined(String book, String owner, String offset) {
    return joined("c.ordinal, c.start_offset", book, owner, offset);
  }

  /** The same, and {@code p.code_points}: one look into the table more. */
  static String joinedWithLength(String book, String owner, String offset) {
    return joined("c.ordinal, c.start_offset, c.code_points", book, owner, offset);
  }

  private static String joined(String columns, String book, String owner, String offset) {
    return """
    left join lateral (
      select %s from chapter c
      where c.book_id = %s and c.owner_id = %s and c.start_offset <= %s
      order by c.start_offset desc, c.ordinal desc
      limit 1) p on true
    """
        .formatted(columns, book, owner, offset);
  }
}
