package dev.scriptorium.server.reading;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The canonical text of books, from where they are kept. Thread-safe. */
public interface BookText {
  /**
   * The text of one chapter.
   *
   * @param handle of a transaction of the owner
   * @param chapter ordinal, from 1
   * @return empty when there is no such chapter
   * @throws IOException when the pack cannot be read
   */
  String chapter(Handle handle, UUID owner, UUID book, int chapter) throws IOException;

  /**
   * The texts of all chapters, in reading order.
   *
   * @param handle of a transaction of the owner
   * @throws IOException when the pack cannot be read
   */
  List<String> chapters(Handle handle, UUID owner, UUID book) throws IOException;
}
