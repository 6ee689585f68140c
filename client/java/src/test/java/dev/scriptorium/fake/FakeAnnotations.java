package dev.scriptorium.fake;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Change;
import dev.scriptorium.v1.ExportAnnotationsRequest.Format;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.Quote;
import dev.scriptorium.v1.ReadingStats;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.util.List;

/** What a reader of the fake library has done. */
final class FakeAnnotations {
  private FakeAnnotations() {}

  static List<Annotation> of(String book) {
    return List.of(
        Annotation.newBuilder()
            .setName(book + "/annotations/0198c0de-0000-7000-8000-0000000000a1")
            .setType(Annotation.Type.TYPE_HIGHLIGHT)
            .setStart(120)
            .setEnd(147)
            .setPosition(Position.newBuilder().setOffset(120).setChapter(book + "/chapters/2"))
            .setQuote(Quote.newBuilder().setExact("A castle\u001b[2J stood on the cliff."))
            .setAnchor(Annotation.Anchor.ANCHOR_EXACT)
            .setNote("Draw this")
            .addTags("places")
            .build());
  }

  static List<String> file(Format format) {
    return format == Format.FORMAT_CSV
        ? List.of("book,title\r\n", "books/1,Emma\r\n")
        : List.of("# Emma\n", "\n> A castle\n");
  }

  static List<ProgressStep> history(String progress) {
    Progress place =
        Progress.newBuilder()
            .setName(progress)
            .setRevision(1)
            .setFraction(0.25)
            .setDevice("phone")
            .setEventTime(Timestamp.newBuilder().setSeconds(1_790_000_000))
            .build();
    return List.of(
        ProgressStep.newBuilder()
            .setName(progress + "/steps/41")
            .setProgress(place)
            .setOutcome(Outcome.OUTCOME_APPLIED)
            .build());
  }

  static ReadingStats stats() {
    return ReadingStats.newBuilder()
        .setDuration(seconds(5400))
        .setCodePoints(81_000)
        .setCodePointsPerMinute(900)
        .addDays(
            ReadingStats.Day.newBuilder()
                .setDay("2026-11-20")
                .setDuration(seconds(5400))
                .setCodePoints(81_000))
        .setCurrentStreakDays(3)
        .setLongestStreakDays(12)
        .setToday(seconds(600))
        .setBooksFinished(1)
        .build();
  }

  static List<Change> changes() {
    return List.of(
        Change.newBuilder().setName("books/1").setKind("BOOK").setRevision(4).build(),
        Change.newBuilder()
            .setName("books/1/progress")
            .setKind("PROGRESS")
            .setRevision(7)
            .setChangeTime(Timestamp.newBuilder().setSeconds(1_790_000_000))
            .build(),
        Change.newBuilder()
            .setName("books/2")
            .setKind("BOOK")
            .setRevision(5)
            .setRemoved(true)
            .build());
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
