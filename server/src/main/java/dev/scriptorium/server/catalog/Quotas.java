package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.QuotaStore.Quota;
import dev.scriptorium.server.catalog.QuotaStore.Used;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps owners within the number of books and bytes that they may have. Thread-safe. */
final class Quotas {
  private final QuotaStore store = new QuotaStore();

  /** Makes uploads of an owner wait for each other until the transaction ends. */
  void lock(Handle handle, UUID owner) {
    store.lock(handle, owner);
  }

  /**
   * Lets one more book in.
   *
   * @param bytes of its file
   * @throws ApiException QUOTA_EXCEEDED when it is one too many or too large
   */
  void require(Handle handle, UUID owner, long bytes) {
    Quota quota = store.quota(handle, owner);
    if (quota.unlimited()) {
      return;
    }
    store.lock(handle, owner);
    Used used = store.used(handle, owner);
    require("books", quota.maxBooks(), used.books(), 1);
    require("bytes", quota.maxBytes(), used.bytes(), bytes);
  }

  private static void require(String limit, OptionalLong max, long used, long more) {
    if (max.isPresent() && more > max.getAsLong() - used) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
          "%d %s are kept and %d more do not fit into %d: delete some or ask for more"
              .formatted(used, limit, more, max.getAsLong()),
          Map.of(
              "limit", limit, "max", Long.toString(max.getAsLong()), "used", Long.toString(used)));
    }
  }
}
