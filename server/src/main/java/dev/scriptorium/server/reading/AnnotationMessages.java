package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.Shown;
import dev.scriptorium.server.reading.Mark.Stamp;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Quote;
import java.time.Instant;
import java.util.Comparator;

/** Makes the API's annotations. */
final class AnnotationMessages {
  private static final Comparator<Stamp> BY_TIME =
      Comparator.comparing(Stamp::at).thenComparing(Stamp::device);

  private AnnotationMessages() {}

  static Annotation of(Shown shown) {
    Mark mark = shown.mark();
    Stamp last =
        mark.stamps().stream()
            .filter(stamp -> !stamp.device().isEmpty())
            .max(BY_TIME)
            .orElse(mark.stamps().getFirst());
    Annotation.Builder annotation =
        Annotation.newBuilder()
            .setName(new ReadingName.Mark(mark.book(), mark.id()).toString())
            .setEtag(AnnotationRequests.etag(mark.revision()))
            .setType(mark.type())
            .setStart(mark.place().start())
            .setEnd(mark.place().end())
            .setPosition(position(shown))
            .setQuote(quote(mark.place().quote()))
            .setAnchor(mark.place().anchor())
            .setColor(mark.content().color())
            .setNote(mark.content().note())
            .addAllTags(mark.content().tags())
            .setDevice(last.device())
            .setEditTime(WireTime.of(last.at()))
            .setCreateTime(WireTime.of(mark.createdAt()))
            .setUpdateTime(WireTime.of(mark.updatedAt()));
    Instant deletedAt = mark.deletedAt();
    if (deletedAt != null) {
      annotation.setDeleteTime(WireTime.of(deletedAt));
    }
    return annotation.build();
  }

  private static Position position(Shown shown) {
    long start = shown.mark().place().start();
    Position.Builder position = Position.newBuilder().setOffset(start);
    if (shown.chapter() > 0) {
      position
          .setChapter(new BookName(shown.mark().book()).chapter(shown.chapter()))
          .setChapterOffset((int) (start - shown.chapterStart()));
    }
    return position.build();
  }

  private static Quote quote(dev.scriptorium.positions.Quote quote) {
    return Quote.newBuilder()
        .setExact(quote.exact())
        .setPrefix(quote.prefix())
        .setSuffix(quote.suffix())
        .build();
  }
}
