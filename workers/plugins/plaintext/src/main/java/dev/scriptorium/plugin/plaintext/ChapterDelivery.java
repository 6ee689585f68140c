package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.HeadingContents;
import dev.scriptorium.booktext.HtmlAllowList;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.LinkResolver;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Hands chapters over as they are cut, and the contents after them. Serves once. Throws {@link
 * UncheckedIOException} when the sink fails.
 */
final class ChapterDelivery {
  private final Limits limits;
  private final JobContext job;
  private final BookSink sink;
  private final HeadingContents contents;
  private int ordinal;

  ChapterDelivery(Limits limits, JobContext job, BookSink sink) {
    this.limits = limits;
    this.job = job;
    this.sink = sink;
    this.contents = new HeadingContents(limits.contentsEntries());
  }

  /**
   * What the document is told to.
   *
   * @param headings names of the elements that begin a chapter
   */
  SplittingHandler splitAt(String headings) {
    return new SplittingHandler(limits, new WebLinks(), headings, this::take);
  }

  /**
   * Hands over the last chapter and the contents.
   *
   * @throws JobFailure when there was no text at all
   */
  void finish(SplittingHandler chapters) throws JobFailure, IOException {
    chapters.finish();
    if (ordinal == 0) {
      throw new JobFailure(JobFailure.Reason.NO_TEXT, "The file holds no readable text");
    }
    if (chapters.full()) {
      String message = "Later headings begin no chapter: chapters=" + limits.chapters();
      sink.warning(new Warning("CHAPTER_LIMIT", "part-" + ordinal, message));
    }
    for (ContentsEntry entry : contents.entries()) {
      sink.contents(entry);
    }
  }

  private void take(ChapterContent content) {
    try {
      deliver(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deliver(ChapterContent content) throws IOException {
    ordinal++;
    String title = content.headings().isEmpty() ? "" : content.headings().getFirst().title();
    String source = "part-" + ordinal;
    sink.chapter(
        new Chapter(
            ordinal,
            title,
            source,
            content.text(),
            content.html(),
            content.words(),
            "",
            true,
            0,
            0));
    if (content.truncated()) {
      sink.degraded();
      sink.warning(new Warning("CHAPTER_TRUNCATED", source, "Text beyond the limit is left out"));
    }
    contents.add(ordinal, content.headings());
    job.progress(0.5, "chapter " + ordinal);
  }

  /** A single file has no pictures, and only the web to lead to. */
  private record WebLinks() implements LinkResolver {
    @Override
    public Optional<String> link(String href) {
      return href.startsWith("#") ? Optional.of(href) : HtmlAllowList.externalHref(href);
    }

    @Override
    public Optional<String> image(String src) {
      return Optional.empty();
    }
  }
}
