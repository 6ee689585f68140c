package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.booktext.XmlNode;
import java.util.HashMap;
import java.util.Map;

/** First reading: the description, the number of chapters, and the chapter of every id. */
final class Survey implements MarkupHandler {
  private final XmlNode.Builder description;
  private final ChapterCounter counter = new ChapterCounter();
  private final Map<String, Integer> chapterOfId = new HashMap<>();
  private final int maxIds;
  private boolean fictionBook;
  private boolean inDescription;
  private int depth;

  Survey(Limits limits) {
    description = new XmlNode.Builder(limits.treeElements() / 10);
    maxIds = limits.treeElements() / 5;
  }

  boolean isFictionBook() {
    return fictionBook;
  }

  XmlNode description() throws LimitReached {
    return description.root();
  }

  /** Chapters of the main bodies. */
  int chapters() {
    return counter.chapters();
  }

  /** Ordinal of the chapter that holds an element; 0 when it is in none. */
  int chapterOf(String id) {
    return chapterOfId.getOrDefault(id, 0);
  }

  @Override
  public void start(String element, MarkupAttributes attributes) {
    if (depth++ == 0) {
      fictionBook = element.equalsIgnoreCase("FictionBook");
    }
    inDescription |= depth == 2 && element.equals("description");
    if (inDescription) {
      description.start(element, attributes);
      return;
    }
    counter.start(element, attributes);
    String id = attributes.getOrEmpty("id");
    if (!id.isEmpty() && counter.inChapter() && chapterOfId.size() < maxIds) {
      chapterOfId.putIfAbsent(id, counter.chapters());
    }
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    if (inDescription) {
      description.text(chars, offset, length);
    }
  }

  @Override
  public void unknownEntity(String name) {
    if (inDescription) {
      description.unknownEntity(name);
    }
  }

  @Override
  public void end(String element) {
    depth--;
    if (inDescription) {
      description.end(element);
      inDescription = depth > 1;
    } else {
      counter.end(element);
    }
  }
}
