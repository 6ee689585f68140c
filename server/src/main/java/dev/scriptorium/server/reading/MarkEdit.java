package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.Mark.Content;
import dev.scriptorium.server.reading.Mark.Field;
import dev.scriptorium.server.reading.Mark.Place;
import dev.scriptorium.server.reading.Mark.Stamp;
import java.time.Instant;
import java.util.Set;

/**
 * What one device did to an annotation, and how that comes together with what others did. Edits
 * that arrive in another order, or twice, give the same annotation. Pure.
 *
 * @param fields what is edited
 * @param place the new one; looked at when it is edited
 * @param content the new one; of it, what is edited
 * @param at by the device's clock
 * @param base revision that the device had seen; 0 for none
 * @param merge false: it counts whatever others did
 */
record MarkEdit(
    Set<Field> fields,
    Place place,
    Content content,
    String device,
    Instant at,
    long base,
    boolean merge) {

  private static final String NOBODY = "";

  /** Copies the set. */
  MarkEdit {
    fields = Set.copyOf(fields);
  }

  /**
   * The mark after the edit.
   *
   * @param now the server's clock
   * @return the same mark when nothing changes
   */
  Mark applyTo(Mark before, Instant now) {
    Stamp stamp = new Stamp(at, before.revision() + 1, device);
    Mark after = before;
    for (Field field : fields) {
      after = edit(after, field, stamp);
    }
    if (before.deletedAt() != null && at.isAfter(before.stamp(Field.DELETION).at())) {
      after = after.withDeletion(null).withStamp(Field.DELETION, stamp);
    }
    return sameContent(before, after) ? before : after.changed(now);
  }

  /**
   * The mark after a deletion by this device; of this edit only device, time and merge count. With
   * merge an edit that is later than the deletion keeps the mark.
   */
  Mark deleteFrom(Mark before, Instant now) {
    Stamp stamp = new Stamp(at, before.revision() + 1, device);
    boolean kept = merge && before.stamps().stream().anyMatch(edited -> edited.at().isAfter(at));
    return before.deletedAt() != null || kept
        ? before
        : before.withDeletion(now).withStamp(Field.DELETION, stamp).changed(now);
  }

  private Mark edit(Mark mark, Field field, Stamp stamp) {
    Stamp known = mark.stamp(field);
    boolean wins = !merge || stamp.beats(known);
    if (field == Field.NOTE && merge && unaware(known)) {
      return both(mark, stamp, wins);
    }
    return wins ? set(mark, field).withStamp(field, stamp) : mark;
  }

  /** True when the device did not know of the edit that is there. */
  private boolean unaware(Stamp known) {
    return known.revision() > base && !known.device().equals(device);
  }

  // A reader's words are not lost: the later ones come first. The result is nobody's, so that what
  // one of the two writes next without having seen it does not replace it either.
  private Mark both(Mark mark, Stamp stamp, boolean wins) {
    String theirs = mark.content().note();
    String ours = content.note();
    if (theirs.contains(ours)) {
      return mark;
    }
    String note = wins ? ours + "\n\n" + theirs : theirs + "\n\n" + ours;
    Content merged =
        new Content(
            mark.content().color(), ours.contains(theirs) ? ours : note, mark.content().tags());
    Instant later = wins ? at : mark.stamp(Field.NOTE).at();
    return mark.withContent(merged)
        .withStamp(Field.NOTE, new Stamp(later, stamp.revision(), NOBODY));
  }

  private Mark set(Mark mark, Field field) {
    Content old = mark.content();
    return switch (field) {
      case PLACE -> mark.withPlace(place);
      case STYLE -> mark.withContent(new Content(content.color(), old.note(), old.tags()));
      case NOTE -> mark.withContent(new Content(old.color(), content.note(), old.tags()));
      case TAGS -> mark.withContent(new Content(old.color(), old.note(), content.tags()));
      case DELETION -> mark;
    };
  }

  private static boolean sameContent(Mark before, Mark after) {
    return before.place().equals(after.place())
        && before.content().equals(after.content())
        && (before.deletedAt() == null) == (after.deletedAt() == null)
        && sameTimes(before, after);
  }

  private static boolean sameTimes(Mark before, Mark after) {
    for (Field field : Field.values()) {
      if (!before.stamp(field).at().equals(after.stamp(field).at())
          || !before.stamp(field).device().equals(after.stamp(field).device())) {
        return false;
      }
    }
    return true;
  }
}
