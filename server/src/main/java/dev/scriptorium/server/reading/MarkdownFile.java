package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.Shown;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Markdown: a heading for each book and chapter, quotes and notes below. */
final class MarkdownFile implements AnnotationFile {
  private @Nullable UUID book;
  private int chapter;

  @Override
  public String head() {
    return "";
  }

  @Override
  public String body(List<Shown> marks) {
    StringBuilder text = new StringBuilder();
    marks.forEach(mark -> add(text, mark));
    return text.toString();
  }

  @Override
  public String foot() {
    return "";
  }

  @Override
  public String mediaType() {
    return "text/markdown; charset=utf-8";
  }

  private void add(StringBuilder text, Shown shown) {
    Mark mark = shown.mark();
    if (!mark.book().equals(book)) {
      text.append(book == null ? "" : "\n").append("# ").append(line(shown.title())).append('\n');
      if (!shown.authors().isEmpty()) {
        text.append('\n').append(line(String.join(", ", shown.authors()))).append('\n');
      }
      book = mark.book();
      chapter = 0;
    }
    if (shown.chapter() != chapter) {
      text.append("\n## Chapter ").append(shown.chapter()).append('\n');
      chapter = shown.chapter();
    }
    text.append('\n');
    if (mark.place().quote().exact().isEmpty()) {
      text.append("Bookmark at ").append(mark.place().start()).append('\n');
    } else {
      quoted(text, mark.place().quote().exact());
    }
    if (!mark.content().note().isEmpty()) {
      // The reader's own words may be Markdown.
      text.append('\n').append(mark.content().note().strip()).append('\n');
    }
    if (!mark.content().tags().isEmpty()) {
      text.append("\nTags: ").append(line(String.join(", ", mark.content().tags()))).append('\n');
    }
  }

  private static void quoted(StringBuilder text, String quote) {
    quote.lines().forEach(each -> text.append("> ").append(escaped(each)).append('\n'));
  }

  private static String line(String text) {
    return escaped(text.replaceAll("\\s+", " ").strip());
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
  }
}
