package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Places in a book as a user gives them. */
final class ReadingPlace {
  private ReadingPlace() {}

  /**
   * A book offset.
   *
   * @param text {@code 12345}, or a part such as {@code 42%}
   * @throws CliException when it is neither
   */
  static long parse(ScriptoriumClient client, String book, String text) {
    if (text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    if (text.matches("\\d{1,3}(\\.\\d+)?%")) {
      double part = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
      if (part <= 1) {
        return Math.round(part * client.getBook(book).getCodePoints());
      }
    }
    throw new CliException(
        2, "'" + text + "' is neither an offset (12345) nor a part (0% to 100%)");
  }

  /** The place of an option {@code --up-to}; empty when it was not given. */
  static OptionalLong upTo(ScriptoriumClient client, String book, @Nullable String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(text.equals("here") ? here(client, book) : parse(client, book, text));
  }

  /** Where the user is in the book; its beginning when it was not opened yet. */
  static long here(ScriptoriumClient client, String book) {
    return client.getProgress(book).getPosition().getOffset();
  }
}
