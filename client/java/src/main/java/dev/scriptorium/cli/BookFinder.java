package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the book that a user means: by name, by id, by a part of the id of at least four
 * characters, or by a part of the title.
 */
final class BookFinder {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final int SHORTEST_FRAGMENT = 4;
  private static final int SHOWN = 10;

  private final ScriptoriumClient client;

  BookFinder(ScriptoriumClient client) {
    this.client = client;
  }

  /** The book's name, {@code books/{book}}. A full id is not looked up. */
  String nameOf(String wanted) {
    String id = idOf(wanted);
    return id.matches(UUID) ? "books/" + id : find(wanted).getName();
  }

  private static String idOf(String wanted) {
    String text = wanted.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("books/") ? text.substring("books/".length()) : text;
  }

  private Book find(String wanted) {
    String title = wanted.strip().toLowerCase(Locale.ROOT);
    String fragment = idOf(wanted);
    if (title.isEmpty()) {
      throw new CliException(2, "BOOK is empty; give a part of its title or id");
    }
    List<Book> found;
    try (Stream<Book> books = client.listBooks()) {
      found = books.filter(book -> matches(book, title, fragment)).toList();
    }
    List<Book> exact = found.stream().filter(book -> titleOf(book).equals(title)).toList();
    List<Book> best = exact.isEmpty() ? found : exact;
    return switch (best.size()) {
      case 0 ->
          throw new CliException(5, "no book matches '" + wanted + "'; see 'scriptorium list'");
      case 1 -> best.getFirst();
      default -> throw new CliException(2, ambiguous(wanted, best));
    };
  }

  private static boolean matches(Book book, String title, String fragment) {
    String id = idOf(book.getName());
    return titleOf(book).contains(title)
        || (fragment.length() >= SHORTEST_FRAGMENT && id.contains(fragment));
  }

  private static String titleOf(Book book) {
    return book.getTitle().strip().toLowerCase(Locale.ROOT);
  }

  private static String ambiguous(String wanted, List<Book> books) {
    String list =
        books.stream()
            .limit(SHOWN)
            .map(
                book ->
                    "\n  " + Words.shortId(book.getName()) + "  " + Cells.clean(book.getTitle()))
            .collect(Collectors.joining());
    String more = books.size() > SHOWN ? "\n  and " + (books.size() - SHOWN) + " more" : "";
    return "'" + wanted + "' fits " + books.size() + " books; name one by its id:" + list + more;
  }
}
