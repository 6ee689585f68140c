package dev.scriptorium.server.blob;

import java.io.IOException;
import java.io.Serial;

/** Free space is below the floor, or there is none left. Goes away when space is made. */
public final class DiskFullException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final long floorBytes;

  /**
   * @param floorBytes space that must stay free
   */
  public DiskFullException(String message, long floorBytes) {
    super(message);
    this.floorBytes = floorBytes;
  }

  /** Space that must stay free. */
  public long floorBytes() {
    return floorBytes;
  }
}
