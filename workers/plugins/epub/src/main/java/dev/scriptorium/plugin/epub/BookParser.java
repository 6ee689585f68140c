package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.ContentReader.Parts;
import dev.scriptorium.booktext.ContentReader.Reading;
import dev.scriptorium.booktext.HtmlWriter;
import dev.scriptorium.booktext.ImageType;
import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.LinkResolver;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.epub.PackageDocument.SpineItem;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * Reads the whole book: one chapter a spine item, or several where the contents name several in
 * one, in order, those of one document in memory at a time. A document that cannot be read gives a
 * warning and an empty chapter that keeps its place. Serves once.
 */
final class BookParser {
  private static final int HEAD_BYTES = 4096;
  private static final byte[] NOTHING = {};

  private final EpubFile book;
  private final EpubTools tools;
  private final JobContext job;
  private final BookSink sink;
  private final Set<String> pictures;
  private final Set<String> documents;
  private final NoteBinder notes;
  private final PositionList positions;
  private int readable;
  private int ordinal;

  BookParser(EpubFile book, EpubTools tools, JobContext job, BookSink sink) {
    this.book = book;
    this.tools = tools;
    this.job = job;
    this.sink = sink;
    this.documents = book.spinePaths();
    this.pictures = pictures();
    this.notes = new NoteBinder(tools.limits().noteCodePoints());
    this.positions = new PositionList(tools.limits().positions());
  }

  void run() throws JobFailure, IOException {
    Metadata metadata = new MetadataReader(book.document(), tools.content(), tools.limits()).read();
    sink.metadata(metadata);
    for (Warning warning : book.warnings()) {
      sink.warning(warning);
    }
    ContentsReader contents = new ContentsReader(book, tools.limits());
    ContentsPlan plan = new ContentsPlan(contents.read(), tools.limits().contentsEntries());
    List<ContentsReader.Line> pageList = contents.readPages();
    plan.want(pageList);
    for (Warning warning : contents.warnings()) {
      sink.warning(warning);
    }
    if (chapters(plan, metadata.title())) {
      deliver(plan, pageList);
    }
  }

  /** False when the job was stopped on the way. */
  private boolean chapters(ContentsPlan plan, String bookTitle) throws JobFailure, IOException {
    List<SpineItem> spine = book.document().spine();
    int number = 0;
    for (SpineItem item : spine) {
      if (job.stopRequested()) {
        sink.degraded();
        sink.warning(new Warning("STOPPED", item.item().path(), "The job was stopped here"));
        return false;
      }
      number++;
      job.progress(
          0.05 + 0.85 * number / spine.size(), "chapter " + number + " of " + spine.size());
      readItem(item, plan, bookTitle);
    }
    if (readable == 0) {
      throw new JobFailure(JobFailure.Reason.FILE_CORRUPT, "No document of the book can be read");
    }
    return true;
  }

  private void readItem(SpineItem item, ContentsPlan plan, String bookTitle)
      throws JobFailure, IOException {
    String path = item.item().path();
    boolean first = true;
    for (ChapterContent content : read(item.item(), plan)) {
      String byContents = plan.titleOf(path, content.anchors(), first);
      chapter(item, content, byContents.isEmpty() ? title(content, bookTitle) : byContents);
      plan.chapter(ordinal, path, content);
      warn(path, content);
      first = false;
    }
  }

  private void chapter(SpineItem item, ChapterContent content, String title) throws IOException {
    String path = item.item().path();
    ordinal++;
    sink.chapter(
        new Chapter(
            ordinal,
            title,
            path,
            content.text(),
            content.html(),
            content.words(),
            content.language(),
            item.linear(),
            0,
            0,
            content.origin().in(item.place()).encode()));
    notes.chapter(ordinal, path, content);
    positions.chapter(ordinal, content, item.fixed());
  }

  private static String title(ChapterContent content, String bookTitle) {
    if (!content.headings().isEmpty()) {
      return content.headings().getFirst().title();
    }
    return content.documentTitle().equals(bookTitle) ? "" : content.documentTitle();
  }

  private List<ChapterContent> read(ManifestItem item, ContentsPlan plan)
      throws JobFailure, IOException {
    Optional<ManifestItem> document = document(item);
    if (document.isEmpty()) {
      return List.of(picturePage(item));
    }
    String path = document.get().path();
    Optional<byte[]> bytes = bytes(path);
    if (bytes.isEmpty()) {
      return List.of(ChapterContent.empty(""));
    }
    try {
      Parts parts = parts(path, bytes.get(), plan.wantedIds(item.path()), plan.cuts(item.path()));
      readable++;
      if (!parts.wellFormed()) {
        sink.warning(new Warning("CHAPTER_MALFORMED", path, "Not well-formed XHTML; read as HTML"));
      }
      return parts.chapters();
    } catch (LimitReached e) {
      return List.of(unreadable(path, String.valueOf(e.getMessage())));
    }
  }

  private Parts parts(String path, byte[] document, Set<String> wantedIds, Set<String> cuts)
      throws IOException {
    LinkResolver links = new DocumentLinks(path, documents, pictures);
    if (cuts.isEmpty() || ordinal + cuts.size() > tools.limits().chapters()) {
      Reading reading = tools.content().read(document, links, wantedIds::contains);
      return new Parts(List.of(reading.content()), reading.wellFormed());
    }
    return tools.content().readParts(document, links, wantedIds::contains, cuts);
  }

  /** The item, or the first of its fallbacks, that is a document. */
  private Optional<ManifestItem> document(ManifestItem item) {
    Set<String> seen = new HashSet<>();
    ManifestItem next = item;
    while (next != null && seen.add(next.id())) {
      if (next.isMarkup()) {
        return Optional.of(next);
      }
      next = book.document().items().get(next.fallback());
    }
    return Optional.empty();
  }

  /** A picture that stands in the reading order by itself. */
  private ChapterContent picturePage(ManifestItem item) throws IOException {
    if (!pictures.contains(item.path())) {
      return unreadable(item.path(), "The type " + item.mediaType() + " cannot be read as text");
    }
    readable++;
    HtmlWriter html = new HtmlWriter(10_000);
    return ChapterContent.empty(html.open("p").image(item.path(), "").finish());
  }

  private Optional<byte[]> bytes(String path) throws JobFailure, IOException {
    try {
      Optional<byte[]> bytes = book.archive().read(path, tools.limits().documentBytes());
      if (bytes.isEmpty()) {
        unreadable(path, "The container has no such entry");
      }
      return bytes;
    } catch (ZipException e) {
      unreadable(path, "The entry is damaged: " + e.getMessage());
      return Optional.empty();
    } catch (LimitReached e) {
      // Text that inflates without measure is an attack, unlike a picture that can be left out.
      throw e.toFailure();
    }
  }

  private ChapterContent unreadable(String path, String message) throws IOException {
    sink.degraded();
    sink.warning(new Warning("CHAPTER_UNREADABLE", path, message));
    return ChapterContent.empty("");
  }

  private void warn(String path, ChapterContent content) throws IOException {
    if (content.truncated()) {
      sink.degraded();
      String limit = "chapter_code_points=" + tools.limits().chapterCodePoints();
      sink.warning(
          new Warning("CHAPTER_TRUNCATED", path, "Text beyond the limit is left out: " + limit));
    }
    if (content.flattened()) {
      String limit = "xml_depth=" + tools.limits().xmlDepth();
      sink.warning(new Warning("CHAPTER_TOO_DEEP", path, "Deep markup is left out: " + limit));
    }
    if (!content.unknownEntities().isEmpty()) {
      String names = String.join(", ", content.unknownEntities());
      sink.warning(new Warning("ENTITY_UNKNOWN", path, "Entities are left out: " + names));
    }
  }

  private void deliver(ContentsPlan plan, List<ContentsReader.Line> pageList) throws IOException {
    for (ContentsEntry entry : plan.entries()) {
      sink.contents(entry);
    }
    for (Note note : notes.notes()) {
      sink.note(note);
    }
    if (positions.hasNoPages()) {
      pageList.stream()
          .map(plan::bind)
          .filter(entry -> entry.chapter() > 0)
          .map(e -> new SourcePosition(e.chapter(), e.chapterOffset(), e.title(), ""))
          .forEach(positions::page);
    }
    positions.deliver(sink);
    job.progress(0.92, "pictures");
    for (String picture : pictures) {
      image(picture);
    }
    for (String entry : book.archive().misdeclared()) {
      sink.warning(new Warning("ENTRY_SIZE_WRONG", entry, "The archive declares another size"));
    }
    job.progress(1, "done");
  }

  private Set<String> pictures() {
    return book.document().items().values().stream()
        .filter(ManifestItem::isImage)
        .map(ManifestItem::path)
        .filter(path -> book.archive().has(path) && !book.protection().isEncrypted(path))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void image(String path) throws IOException {
    try {
      Optional<ImageType> type = imageType(path);
      if (type.isEmpty()) {
        sink.warning(new Warning("IMAGE_UNREADABLE", path, "It is no picture of a known type"));
        return;
      }
      ImageType t = type.get();
      // Half of a book's bytes may be pictures: whoever keeps them reads them.
      sink.image(new Image(path, t.mediaType(), t.width(), t.height(), () -> picture(path)));
    } catch (LimitReached | ZipException e) {
      sink.degraded();
      sink.warning(new Warning("IMAGE_UNREADABLE", path, String.valueOf(e.getMessage())));
    }
  }

  /** Type and size stand at the begin, but in a photograph behind all that its camera said. */
  private Optional<ImageType> imageType(String path) throws IOException {
    byte[] head = book.archive().head(path, HEAD_BYTES).orElse(NOTHING);
    Optional<ImageType> type = ImageType.of(head);
    boolean known = type.isEmpty() || type.get().pixels() > 0 || head.length < HEAD_BYTES;
    return known || type.get().isDrawing() ? type : ImageType.of(picture(path));
  }

  private byte[] picture(String path) throws IOException {
    return book.archive().read(path, tools.limits().imageBytes()).orElse(NOTHING);
  }
}
