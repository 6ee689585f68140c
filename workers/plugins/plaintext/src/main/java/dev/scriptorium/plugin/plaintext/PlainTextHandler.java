package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.BoundedInput;
import dev.scriptorium.booktext.LanguageTag;
import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.TextDecoding;
import dev.scriptorium.booktext.TolerantMarkup;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput.BookFile;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Metadata.Contributor;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Inspects and parses plain text, Markdown and HTML. */
public final class PlainTextHandler implements JobHandler {
  private static final String TEXT = "text/plain";
  private static final String MARKDOWN = "text/markdown";
  private static final String HTML = "text/html";

  /** Digital libraries write out the language of a text. */
  private static final Map<String, String> LANGUAGES =
      Map.of(
          "english",
          "en",
          "german",
          "de",
          "french",
          "fr",
          "spanish",
          "es",
          "italian",
          "it",
          "russian",
          "ru",
          "portuguese",
          "pt",
          "dutch",
          "nl");

  private final Limits limits = Limits.defaults();
  private final TolerantMarkup tolerant = new TolerantMarkup(limits);

  @Override
  public Set<Capability> capabilities() {
    return Stream.of(TEXT, MARKDOWN, HTML)
        .flatMap(
            type ->
                Stream.of(
                    new Capability(JobKinds.INSPECT, type), new Capability(JobKinds.PARSE, type)))
        .collect(Collectors.toSet());
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws JobFailure, IOException {
    if (!(job.input() instanceof BookFile file)) {
      throw new IllegalArgumentException("a job of kind " + job.kind() + " must name a file");
    }
    job.progress(0.1, "read");
    try {
      if (job.mediaType().equals(HTML)) {
        html(HtmlEncoding.declared(bytes(file)), job, sink);
      } else {
        text(TextDecoding.decode(bytes(file)), job, sink);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (LimitReached e) {
      throw e.toFailure();
    }
    job.progress(1, "done");
  }

  private byte[] bytes(BookFile file) throws JobFailure, IOException {
    try (InputStream in =
        new BoundedInput(
            Files.newInputStream(file.path()), limits.treeBytes(), "tree_bytes", "the document")) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length == 0) {
        throw new JobFailure(JobFailure.Reason.FILE_EMPTY, "The file has no bytes");
      }
      return bytes;
    }
  }

  private void text(TextDecoding.Decoded decoded, JobContext job, BookSink sink)
      throws JobFailure, IOException {
    if (TextDecoding.isBinary(decoded.text())) {
      throw new JobFailure(JobFailure.Reason.FORMAT_UNSUPPORTED, "The content is not text");
    }
    if (job.mediaType().equals(MARKDOWN)) {
      markdown(decoded.text(), job, sink);
    } else {
      plain(decoded, job, sink);
    }
  }

  private void markdown(String text, JobContext job, BookSink sink) throws JobFailure, IOException {
    sink.metadata(metadata("Markdown", MarkdownBook.title(text), "", List.of(), ""));
    if (job.kind().equals(JobKinds.PARSE)) {
      ChapterDelivery delivery = new ChapterDelivery(limits, job, sink);
      SplittingHandler chapters = delivery.splitAt("h1 h2");
      new MarkdownBook(text, chapters).tell();
      delivery.finish(chapters);
    }
  }

  private void plain(TextDecoding.Decoded decoded, JobContext job, BookSink sink)
      throws JobFailure, IOException {
    PlainTextBook book = new PlainTextBook(decoded.text());
    String written = book.header("Language").toLowerCase(Locale.ROOT);
    List<String> languages =
        LanguageTag.normalise(LANGUAGES.getOrDefault(written, written)).stream().toList();
    sink.metadata(
        metadata("Plain text", book.header("Title"), book.header("Author"), languages, ""));
    if (job.kind().equals(JobKinds.PARSE)) {
      if (decoded.guessed()) {
        String charset = decoded.charset().displayName();
        sink.warning(new Warning("ENCODING_GUESSED", "", "Read as " + charset));
      }
      ChapterDelivery delivery = new ChapterDelivery(limits, job, sink);
      SplittingHandler chapters = delivery.splitAt("h2");
      book.tell(chapters);
      delivery.finish(chapters);
    }
  }

  private void html(byte[] bytes, JobContext job, BookSink sink) throws JobFailure, IOException {
    HtmlHead head = new HtmlHead();
    tolerant.readHtml(bytes, head);
    sink.metadata(
        metadata(
            "HTML",
            head.title(),
            head.author(),
            head.language().stream().toList(),
            head.description()));
    if (job.kind().equals(JobKinds.PARSE)) {
      ChapterDelivery delivery = new ChapterDelivery(limits, job, sink);
      SplittingHandler chapters = delivery.splitAt(head.chapterHeadings());
      tolerant.readHtml(bytes, chapters);
      delivery.finish(chapters);
    }
  }

  private static Metadata metadata(
      String format, String title, String author, List<String> languages, String description) {
    return new Metadata(
        format,
        title,
        author.isEmpty() ? List.of() : List.of(new Contributor(author, "aut", "")),
        languages,
        description,
        "",
        "",
        "",
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        0);
  }
}
