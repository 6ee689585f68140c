package dev.scriptorium.server.reading;

import java.io.IOException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The canonical text of books, from where they are kept. Thread-safe. */
@FunctionalInterface
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
}
