package dev.scriptorium.booktext;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one content document in XHTML or HTML: the XML parser first, which is fast, and the
 * tolerant one when the document is not well-formed. Thread-safe.
 */
public final class ContentReader {
  private final Limits limits;
  private final HardenedXml xml;
  private final TolerantMarkup tolerant;
  private final AtomicReference<@Nullable ChapterRoom> spare = new AtomicReference<>();

  public ContentReader(Limits limits, HardenedXml xml, TolerantMarkup tolerant) {
    this.limits = limits;
    this.xml = xml;
    this.tolerant = tolerant;
  }

  /**
   * Reads a document.
   *
   * @param wantedIds ids whose offsets are asked for
   * @throws LimitReached when it has too many elements
   */
  public Reading read(byte[] document, LinkResolver links, Predicate<String> wantedIds)
      throws IOException {
    ChapterRoom room = room();
    ChapterWalk walk = new ChapterWalk(limits, links, wantedIds, room);
    try {
      xml.read(document, walk);
      return new Reading(walk.finish(), true);
    } catch (MalformedXml e) {
      return readHtml(document, links, wantedIds);
    } finally {
      room.clear();
      spare.set(room);
    }
  }

  /** The room of the chapter before, unless another thread is using it. */
  private ChapterRoom room() {
    ChapterRoom room = spare.getAndSet(null);
    return room == null ? new ChapterRoom() : room;
  }

  /**
   * Reads a document that holds several chapters.
   *
   * @param cuts ids of the elements with which chapters begin
   * @return at least one chapter, in reading order
   * @throws LimitReached when it has too many elements
   */
  public Parts readParts(
      byte[] document, LinkResolver links, Predicate<String> wantedIds, Set<String> cuts)
      throws IOException {
    PartedWalk walk = new PartedWalk(limits, links, wantedIds, cuts);
    try {
      xml.read(document, walk);
      return new Parts(walk.finish(), true);
    } catch (MalformedXml e) {
      PartedWalk again = new PartedWalk(limits, links, wantedIds, cuts);
      tolerant.readHtml(document, again);
      return new Parts(again.finish(), false);
    }
  }

  /**
   * Reads a document that is HTML.
   *
   * @throws LimitReached when it has too many tags
   */
  public Reading readHtml(byte[] document, LinkResolver links, Predicate<String> wantedIds)
      throws IOException {
    ChapterWalk walk = new ChapterWalk(limits, links, wantedIds);
    tolerant.readHtml(document, walk);
    return new Reading(walk.finish(), false);
  }

  /**
   * What was read, and how.
   *
   * @param wellFormed false when the tolerant parser had to be used
   */
  public record Reading(ChapterContent content, boolean wellFormed) {}

  /**
   * What was read of a document with several chapters, and how.
   *
   * @param wellFormed false when the tolerant parser had to be used
   */
  public record Parts(List<ChapterContent> chapters, boolean wellFormed) {}
}
