package dev.scriptorium.server.collections;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resource name of a collection, {@code collections/{collection}}. */
record CollectionName(UUID id) {
  private static final String ID = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
  private static final Pattern NAME = Pattern.compile("collections/" + ID);

  /**
   * Reads a name.
   *
   * @param field path of the field, for the error
   * @throws ApiException INVALID_FIELD when it is none
   */
  static CollectionName parse(String field, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, "collections/{lower-case UUID}");
    }
    return new CollectionName(UUID.fromString(matcher.group(1)));
  }

  /** The id that a caller has chosen, or a new one. */
  static CollectionName chosen(String id) {
    if (id.isEmpty()) {
      return new CollectionName(UUID.randomUUID());
    }
    if (!id.matches(ID)) {
      throw InvalidField.of("collection_id", id, "a lower-case UUID");
    }
    return new CollectionName(UUID.fromString(id));
  }

  /** The error for one that is missing or somebody else's: the two look the same. */
  ApiException missing() {
    return new ApiException(
        ErrorReason.ERROR_REASON_COLLECTION_NOT_FOUND,
        "there is no collection " + this,
        Map.of("collection", toString()));
  }

  @Override
  public String toString() {
    return "collections/" + id;
  }
}
