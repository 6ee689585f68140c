package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;

/** The errors for what is not there: for callers it looks the same as what is somebody else's. */
final class Absent {
  private Absent() {}

  static ApiException entity(BookName.Entity entity) {
    String name = entity.toString();
    return new ApiException(
        ErrorReason.ERROR_REASON_ENTITY_NOT_FOUND,
        "there is no " + name + ", or it has not been met yet",
        Map.of("entity", name));
  }
}
