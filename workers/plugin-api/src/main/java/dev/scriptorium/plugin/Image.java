package dev.scriptorium.plugin;

import java.io.IOException;

/**
 * A picture of the book.
 *
 * @param resource path in the container, or one of the names below
 * @param mediaType by content
 * @param width pixels; 0 when unknown
 * @param height pixels; 0 when unknown
 * @param content the picture itself, read when it is asked for
 */
public record Image(String resource, String mediaType, int width, int height, Content content) {
  /** The cover as it is in the file. */
  public static final String COVER = "cover";

  /** The cover as JPEG, at most 300 pixels wide. */
  public static final String COVER_SMALL = "cover-small";

  /** The cover as JPEG, at most 800 pixels wide. */
  public static final String COVER_LARGE = "cover-large";

  /**
   * Bytes of a picture that need not lie in memory before somebody wants them. Valid while {@link
   * BookSink#image} runs, and no longer.
   */
  @FunctionalInterface
  public interface Content {
    /**
     * Reads the picture.
     *
     * @return not to be changed
     * @throws IOException when it cannot be read; a sink lets it through
     */
    byte[] read() throws IOException;
  }

  /**
   * A picture that is there.
   *
   * @param bytes not copied, not to be changed afterwards
   */
  public Image(String resource, String mediaType, int width, int height, byte[] bytes) {
    this(resource, mediaType, width, height, () -> bytes);
  }

  /**
   * Reads the picture.
   *
   * @return not to be changed
   * @throws IOException when it cannot be read
   */
  public byte[] bytes() throws IOException {
    return content.read();
  }
}
