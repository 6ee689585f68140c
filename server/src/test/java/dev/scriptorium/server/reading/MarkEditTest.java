package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.positions.Quote;
import dev.scriptorium.server.reading.Mark.Content;
import dev.scriptorium.server.reading.Mark.Field;
import dev.scriptorium.server.reading.Mark.Place;
import dev.scriptorium.server.reading.Mark.Stamp;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Annotation.Anchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkEditTest {
  private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
  private static final Place PLACE =
      new Place(3, 8, new Quote("there", "", ""), "", Anchor.ANCHOR_EXACT);

  @Test
  void editsOfDifferentFieldsBothCount() {
    Mark mark = fresh("note");
    mark = edit(Set.of(Field.STYLE), "blue", "", "phone", 20, 1).applyTo(mark, at(100));

    mark = edit(Set.of(Field.TAGS), "", "", "tablet", 10, 1).applyTo(mark, at(101));

    assertThat(mark.content()).isEqualTo(new Content("blue", "note", List.of("by tablet")));
    assertThat(mark.revision()).isEqualTo(3);
  }

  @Test
  void ofTwoEditsOfOneFieldTheLaterCountsWhicheverComesFirst() {
    MarkEdit early = edit(Set.of(Field.STYLE), "blue", "", "phone", 10, 1);
    MarkEdit late = edit(Set.of(Field.STYLE), "red", "", "tablet", 20, 1);

    assertThat(apply(fresh(""), List.of(early, late)).content().color()).isEqualTo("red");
    assertThat(apply(fresh(""), List.of(late, early)).content().color()).isEqualTo("red");
  }

  @Test
  void notesThatTwoDevicesWroteUnawareOfEachOtherAreBothKept() {
    MarkEdit phone = edit(Set.of(Field.NOTE), "", "by phone", "phone", 10, 1);
    MarkEdit tablet = edit(Set.of(Field.NOTE), "", "by tablet", "tablet", 20, 1);
    String both = "by tablet\n\nby phone";

    assertThat(apply(fresh(""), List.of(phone, tablet)).content().note()).isEqualTo(both);
    assertThat(apply(fresh(""), List.of(tablet, phone)).content().note()).isEqualTo(both);
    assertThat(apply(fresh(""), List.of(phone, tablet, tablet, phone)).content().note())
        .isEqualTo(both);
  }

  @Test
  void aDeviceThatHasSeenTheOtherNoteMayReplaceIt() {
    Mark mark = apply(fresh(""), List.of(edit(Set.of(Field.NOTE), "", "one", "phone", 10, 1)));

    Mark after =
        edit(Set.of(Field.NOTE), "", "two", "tablet", 20, mark.revision()).applyTo(mark, at(30));

    assertThat(after.content().note()).isEqualTo("two");
  }

  @Test
  void anEditAfterADeletionBringsTheMarkBackAndOneBeforeDoesNot() {
    Mark deleted = edit(Set.of(), "", "", "phone", 50, 1).deleteFrom(fresh("note"), at(60));
    assertThat(deleted.deletedAt()).isEqualTo(at(60));

    MarkEdit early = edit(Set.of(Field.STYLE), "red", "", "tablet", 40, 1);
    MarkEdit late = edit(Set.of(Field.STYLE), "red", "", "tablet", 55, 1);

    assertThat(early.applyTo(deleted, at(70)).deletedAt()).isNotNull();
    assertThat(late.applyTo(deleted, at(70)).deletedAt()).isNull();
  }

  @Test
  void aDeletionThatComesLateDoesNotTakeALaterEditAway() {
    Mark edited =
        edit(Set.of(Field.STYLE), "red", "", "tablet", 55, 1).applyTo(fresh("note"), at(60));

    Mark after = edit(Set.of(), "", "", "phone", 50, 1).deleteFrom(edited, at(70));

    assertThat(after).isEqualTo(edited);
  }

  @Test
  void anEditThatComesTwiceChangesNothing() {
    MarkEdit edit = edit(Set.of(Field.STYLE, Field.NOTE), "red", "x", "tablet", 55, 1);
    Mark once = edit.applyTo(fresh("note"), at(60));

    assertThat(edit.applyTo(once, at(70))).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverTheOrderTheFieldsComeOutTheSame(long seed) {
    Random random = new Random(seed);
    List<MarkEdit> edits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Field field = List.of(Field.STYLE, Field.TAGS, Field.PLACE).get(random.nextInt(3));
      // Distinct: two edits of one device at the same time cannot be told apart.
      int seconds = 1 + i * 7 % 12;
      String device = "device " + random.nextInt(3);
      edits.add(edit(Set.of(field), "color " + i, "", device, seconds, 1));
    }
    Mark first = apply(fresh("n"), edits);
    for (int i = 0; i < 20; i++) {
      List<MarkEdit> shuffled = new ArrayList<>(edits);
      shuffled.addAll(edits.subList(0, random.nextInt(edits.size())));
      Collections.shuffle(shuffled, random);
      Mark other = apply(fresh("n"), shuffled);
      assertThat(other.content()).isEqualTo(first.content());
      assertThat(other.place()).isEqualTo(first.place());
    }
  }

  private static Mark apply(Mark mark, List<MarkEdit> edits) {
    Mark after = mark;
    for (MarkEdit edit : edits) {
      after = edit.applyTo(after, at(1000));
    }
    return after;
  }

  private static MarkEdit edit(
      Set<Field> fields, String color, String note, String device, int seconds, long base) {
    Content content = new Content(color, note, List.of("by " + device));
    return new MarkEdit(fields, PLACE, content, device, at(seconds), base, true);
  }

  private static Mark fresh(String note) {
    return new Mark(
        new UUID(1, 1),
        new UUID(2, 2),
        1,
        Annotation.Type.TYPE_HIGHLIGHT,
        PLACE,
        new Content("", note, List.of()),
        Collections.nCopies(Field.values().length, new Stamp(at(0), 1, "phone")),
        at(0),
        at(0),
        null);
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }
}
