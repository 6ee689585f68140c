package dev.scriptorium.client;

/** Hears how far an upload is. Called by the uploading thread; what it throws ends the upload. */
@FunctionalInterface
public interface UploadListener {
  /**
   * A part was handed to the connection.
   *
   * @param sentBytes bytes so far; starts again at 0 when the upload is repeated
   * @param totalBytes size of the file
   */
  void sent(long sentBytes, long totalBytes);
}
