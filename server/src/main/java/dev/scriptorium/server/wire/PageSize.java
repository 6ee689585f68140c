package dev.scriptorium.server.wire;

/** How many items a page holds. */
public final class PageSize {
  /** When the caller names none. */
  public static final int DEFAULT = 50;

  /** The most, whatever the caller names. */
  public static final int MAX = 1000;

  private PageSize() {}

  /**
   * The size to use.
   *
   * @param requested 0 for the default; more than the most means the most
   * @throws ApiException INVALID_FIELD when negative
   */
  public static int of(int requested) {
    if (requested < 0) {
      throw InvalidField.of("page_size", requested, "0 to " + MAX);
    }
    return requested == 0 ? DEFAULT : Math.min(requested, MAX);
  }
}
