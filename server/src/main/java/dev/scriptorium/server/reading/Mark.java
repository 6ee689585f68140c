package dev.scriptorium.server.reading;

import dev.scriptorium.positions.Quote;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Annotation.Anchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An annotation as it is kept.
 *
 * @param revision counts its changes, from 1
 * @param place where it is
 * @param stamps who edited what last: one for each {@link Field}
 * @param deletedAt null when it is not deleted
 */
record Mark(
    UUID id,
    UUID book,
    long revision,
    Annotation.Type type,
    Place place,
    Content content,
    List<Stamp> stamps,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** Copies the list. */
  Mark {
    stamps = List.copyOf(stamps);
    if (stamps.size() != Field.values().length) {
      throw new IllegalArgumentException(stamps.size() + " stamps");
    }
  }

  /** What is edited by itself. */
  enum Field {
    PLACE(0),
    STYLE(1),
    NOTE(2),
    TAGS(3),
    DELETION(4);

    /** Where its stamp is; the database keeps them in this order. */
    private final int index;

    Field(int index) {
      this.index = index;
    }
  }

  /**
   * Where a mark is.
   *
   * @param start book offset in code points
   * @param end one past the last
   * @param edition hash of the pack whose text is counted; empty for none
   */
  record Place(long start, long end, Quote quote, String edition, Anchor anchor) {}

  /** What the reader gave to it. */
  record Content(String color, String note, List<String> tags) {
    /** Copies the list. */
    Content {
      tags = List.copyOf(tags);
    }
  }

  /**
   * An edit.
   *
   * @param at by the device's clock, never later than the server's
   * @param revision of the mark that it made
   */
  record Stamp(Instant at, long revision, String device) {
    /** True when this edit counts against another; the same everywhere, whatever comes first. */
    boolean beats(Stamp other) {
      return !at.equals(other.at) ? at.isAfter(other.at) : device.compareTo(other.device) >= 0;
    }
  }

  Stamp stamp(Field field) {
    return stamps.get(field.index);
  }

  Mark withPlace(Place changed) {
    return new Mark(
        id, book, revision, type, changed, content, stamps, createdAt, updatedAt, deletedAt);
  }

  Mark withContent(Content changed) {
    return new Mark(
        id, book, revision, type, place, changed, stamps, createdAt, updatedAt, deletedAt);
  }

  Mark withStamp(Field field, Stamp stamp) {
    List<Stamp> changed = new ArrayList<>(stamps);
    changed.set(field.index, stamp);
    return new Mark(
        id, book, revision, type, place, content, changed, createdAt, updatedAt, deletedAt);
  }

  Mark withDeletion(@Nullable Instant at) {
    return new Mark(id, book, revision, type, place, content, stamps, createdAt, updatedAt, at);
  }

  /** The next revision. */
  Mark changed(Instant now) {
    return new Mark(
        id, book, revision + 1, type, place, content, stamps, createdAt, now, deletedAt);
  }
}
