package dev.scriptorium.server.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.v1.UpdateProgressRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * A step that somebody asks for, with what can be known without the database.
 *
 * @param owner whose progress
 * @param requestId empty when it cannot be repeated safely
 * @param hash tells a repeated request from another one
 */
record Ask(
    UUID owner, UUID book, UpdateProgressRequest request, Optional<UUID> requestId, String hash) {

  /** What is locked. */
  record Key(UUID owner, UUID book) implements Comparable<Key> {
    // The same order everywhere: two servers then wait for each other, never in a circle.
    @Override
    public int compareTo(Key other) {
      int byOwner = owner.compareTo(other.owner);
      return byOwner != 0 ? byOwner : book.compareTo(other.book);
    }
  }

  /**
   * Checks what would hurt others: the database refuses a group for a text that it cannot keep.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD for a request id that is none,
   *     or a device that cannot be
   */
  static Ask of(UUID owner, UUID book, UpdateProgressRequest request) {
    Requests.requireDevice("device", request.getDevice());
    return new Ask(owner, book, request, Requests.requestId(request), hash(request));
  }

  Key key() {
    return new Key(owner, book);
  }

  private static String hash(UpdateProgressRequest request) {
    byte[] fields =
        String.join(
                "\0",
                request.getName(),
                Long.toString(request.getOffset()),
                Long.toString(request.getBaseRevision()),
                request.getDevice(),
                request.getEventTime().getSeconds() + "." + request.getEventTime().getNanos(),
                request.getPolicy().name())
            .getBytes(UTF_8);
    return Sha256.of(fields).hex();
  }
}
