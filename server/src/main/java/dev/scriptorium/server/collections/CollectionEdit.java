package dev.scriptorium.server.collections;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.UpdateCollectionRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of a collection a call changes, and what may stand in them. */
final class CollectionEdit {
  private static final int MAX_TITLE = 200;
  private static final int MAX_DESCRIPTION = 5000;
  private static final Set<String> FIELDS = Set.of("title", "description");

  private CollectionEdit() {}

  /** A new collection without books. */
  static StoredCollection fresh(
      CollectionName name, java.util.UUID owner, Collection sent, Instant now) {
    check(sent, FIELDS);
    return new StoredCollection(
        name.id(), owner, 1, sent.getTitle(), sent.getDescription(), 0, now, now);
  }

  /**
   * The fields to change: those of the mask, all for {@code *}, and those that are set when there
   * is no mask.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static Set<String> fields(UpdateCollectionRequest request) {
    List<String> mask = request.getUpdateMask().getPathsList();
    Set<String> fields = new TreeSet<>(mask);
    if (mask.isEmpty()) {
      request.getCollection().getAllFields().keySet().forEach(field -> fields.add(field.getName()));
      fields.retainAll(FIELDS);
    } else if (mask.equals(List.of("*"))) {
      fields.clear();
      fields.addAll(FIELDS);
    }
    for (String field : fields) {
      if (!FIELDS.contains(field)) {
        throw InvalidField.of("update_mask", field, "title, description");
      }
    }
    check(request.getCollection(), fields);
    return fields;
  }

  /** The collection after that. */
  static StoredCollection changed(
      StoredCollection before, Collection sent, Set<String> fields, Instant now) {
    return new StoredCollection(
        before.id(),
        before.owner(),
        before.revision(),
        fields.contains("title") ? sent.getTitle() : before.title(),
        fields.contains("description") ? sent.getDescription() : before.description(),
        before.bookCount(),
        before.createdAt(),
        now);
  }

  private static void check(Collection sent, Set<String> fields) {
    if (fields.contains("title") && sent.getTitle().isBlank()) {
      throw InvalidField.of(
          "collection.title", sent.getTitle(), "1 to " + MAX_TITLE + " code points, not blank");
    }
    text("collection.title", sent.getTitle(), MAX_TITLE);
    text("collection.description", sent.getDescription(), MAX_DESCRIPTION);
  }

  private static void text(String field, String value, int most) {
    if (value.indexOf('\0') >= 0 || value.codePointCount(0, value.length()) > most) {
      throw InvalidField.of(field, value, "at most " + most + " code points, none of them U+0000");
    }
  }
}
