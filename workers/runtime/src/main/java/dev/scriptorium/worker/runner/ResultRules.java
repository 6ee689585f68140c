package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Furniture;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.TextRange;
import java.util.HashSet;
import java.util.Set;

/**
 * The rules of a result that one record alone cannot break: order, and places in the text. Every
 * method throws {@link IllegalArgumentException} when its rule is broken. Not thread-safe.
 */
final class ResultRules {
  private static final int MAX_PASSAGE_CODE_POINTS = 4000;
  private static final int MAX_MEMBERS = 50;
  private static final int MAX_FALLBACKS = 20;

  private final ChapterSizes sizes;
  private final Set<Integer> factsSeen = new HashSet<>();
  private boolean metadataSeen;
  private int chapters;
  private int entities;
  private boolean bookFactsSeen;
  private boolean runSeen;

  ResultRules(ChapterSizes sizes) {
    this.sizes = sizes;
  }

  void metadata() {
    require(!metadataSeen, "metadata for the second time");
    metadataSeen = true;
  }

  void chapter(Chapter chapter) {
    require(
        chapter.ordinal() == chapters + 1,
        "chapter %d after chapter %d",
        chapter.ordinal(),
        chapters);
    chapters++;
  }

  void contents(ContentsEntry entry) {
    require(entry.depth() >= 0, "contents depth %d is below 0", entry.depth());
    if (entry.chapter() == 0) {
      require(entry.chapterOffset() == 0, "contents offset without a chapter");
    } else {
      sizes.check(entry.chapter(), entry.chapterOffset(), entry.chapterOffset());
    }
  }

  void image(Image image, int bytes) {
    require(bytes > 0, "picture %s is empty", image.resource());
    require(!image.resource().isEmpty(), "picture without a name");
    require(
        image.width() >= 0 && image.height() >= 0,
        "picture %s of %d x %d",
        image.resource(),
        image.width(),
        image.height());
  }

  void furniture(Furniture furniture) {
    require(furniture.page() >= 1, "page %d is below 1", furniture.page());
    require(!furniture.text().isEmpty(), "a line of page %d is empty", furniture.page());
  }

  void place(int chapter, int offset) {
    sizes.check(chapter, offset, offset);
  }

  void passage(Passage passage) {
    text(passage.range(), passage.text());
    int length = passage.range().end() - passage.range().start();
    require(length >= 1 && length <= MAX_PASSAGE_CODE_POINTS, "passage of %d code points", length);
  }

  void mention(Mention mention) {
    text(mention.range(), mention.text());
    require(!mention.text().isEmpty(), "mention without text");
    require(
        mention.confidence() >= 0 && mention.confidence() <= 1,
        "confidence %s of a mention",
        mention.confidence());
  }

  void entity(Entity entity) {
    require(
        entity.ordinal() == entities + 1, "entity %d after entity %d", entity.ordinal(), entities);
    require(!entity.displayName().isEmpty(), "entity %d has no name", entity.ordinal());
    for (TextRange range : entity.mentions()) {
      sizes.check(range.chapter(), range.start(), range.end());
    }
    entities++;
  }

  void quotation(Quotation quotation) {
    text(quotation.range(), quotation.text());
    int length = quotation.range().end() - quotation.range().start();
    require(length <= Quotation.LONGEST, "quotation of %d code points", length);
    TextRange speaker = quotation.speaker();
    sizes.check(speaker.chapter(), speaker.start(), speaker.end());
    require(
        speaker.chapter() == quotation.range().chapter(),
        "speaker in chapter %d, quotation in chapter %d",
        speaker.chapter(),
        quotation.range().chapter());
    require(quotation.entity() <= entities, "a quotation of entity %d", quotation.entity());
  }

  void chapterFacts(int chapter) {
    sizes.check(chapter, 0, 0);
    require(factsSeen.add(chapter), "facts of chapter %d for the second time", chapter);
  }

  void bookFacts() {
    require(!bookFactsSeen, "facts of the book for the second time");
    bookFactsSeen = true;
  }

  void analysisRun(AnalysisRun run) {
    require(!runSeen, "how the analysis was made for the second time");
    require(!run.plugin().isEmpty(), "an analysis by nobody");
    require(
        run.members().size() <= MAX_MEMBERS && run.fallbacks().size() <= MAX_FALLBACKS,
        "%d members, %d fallbacks",
        run.members().size(),
        run.fallbacks().size());
    runSeen = true;
  }

  private void text(TextRange range, String text) {
    sizes.check(range.chapter(), range.start(), range.end());
    int length = text.codePointCount(0, text.length());
    require(length == range.end() - range.start(), "text of %d code points for %s", length, range);
  }

  @com.google.errorprone.annotations.FormatMethod
  private static void require(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(values));
    }
  }
}
