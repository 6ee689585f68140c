package dev.scriptorium.server.jobs;

import dev.scriptorium.worker.v1.Input;
import java.util.List;

/**
 * What an attempt reads.
 *
 * @param fileName as uploaded, for messages
 * @param language the book's main language; empty when unknown
 * @param blobs by the number that the offer gives them
 */
public record AttemptInputs(String fileName, String language, List<Piece> blobs) {
  /** Of a job without a book. */
  static final AttemptInputs NONE = new AttemptInputs("", "", List.of());

  /** Copies the list. */
  public AttemptInputs {
    blobs = List.copyOf(blobs);
  }

  /**
   * One input.
   *
   * @param kind what it is
   * @param blob where it is
   */
  public record Piece(Input.Kind kind, StoredBlob blob) {}
}
