package dev.scriptorium.server.collections;

import dev.scriptorium.server.identity.Readers;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.ErrorReason;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A collection as the database has it.
 *
 * @param revision counts its changes
 * @param bookCount deleted ones among them
 */
record StoredCollection(
    UUID id,
    UUID owner,
    long revision,
    String title,
    String description,
    int bookCount,
    Instant createdAt,
    Instant updatedAt) {
  /** The message of the API. */
  Collection message() {
    return Collection.newBuilder()
        .setName(new CollectionName(id).toString())
        .setTitle(title)
        .setDescription(description)
        .setBookCount(bookCount)
        .setOwner(Readers.name(owner))
        .setCreateTime(WireTime.of(createdAt))
        .setUpdateTime(WireTime.of(updatedAt))
        .setEtag(etag())
        .build();
  }

  /**
   * @param given as sent; empty when the caller does not care
   * @throws ApiException ETAG_MISMATCH when it is not the collection's
   */
  void requireEtag(String given) {
    if (!given.isEmpty() && !given.equals(etag())) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "the collection has changed: its etag is "
              + etag()
              + ", not "
              + given
              + "; read it again",
          Map.of("etag", etag()));
    }
  }

  private String etag() {
    return "\"" + revision + "\"";
  }
}
