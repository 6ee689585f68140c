package dev.scriptorium.plugin;

/**
 * A picture of the book.
 *
 * @param resource path in the container, or one of the names below
 * @param mediaType by content
 * @param width pixels; 0 when unknown
 * @param height pixels; 0 when unknown
 * @param bytes the picture; not copied, not to be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record Image(String resource, String mediaType, int width, int height, byte[] bytes) {
  /** The cover as it is in the file. */
  public static final String COVER = "cover";

  /** The cover as JPEG, at most 300 pixels wide. */
  public static final String COVER_SMALL = "cover-small";

  /** The cover as JPEG, at most 800 pixels wide. */
  public static final String COVER_LARGE = "cover-large";
}
