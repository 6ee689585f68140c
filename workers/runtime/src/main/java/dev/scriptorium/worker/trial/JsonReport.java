package dev.scriptorium.worker.trial;

import com.google.gson.stream.JsonWriter;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Identifier;
import dev.scriptorium.v1.Warning;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.v1.BookAccessibility;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.FurnitureResult;
import dev.scriptorium.worker.v1.ImageResult;
import dev.scriptorium.worker.v1.NoteResult;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.SourcePosition;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Prints a result as one JSON object. Names and their order are an interface, described in {@code
 * ops/formats/try.md}: new ones may come, none goes away. A list is there, empty, when the job
 * could have made such items and made none.
 */
final class JsonReport {
  private final JsonWriter json;
  private final Show show;

  /**
   * What to print, and how.
   *
   * @param html the chapters' HTML beside their text
   * @param stats what the jobs took
   * @param oneLine the whole object in one line
   */
  record Show(boolean html, boolean stats, boolean oneLine) {}

  /**
   * @param out flushed, not closed
   */
  JsonReport(Writer out, Show show) {
    json = new JsonWriter(out);
    if (!show.oneLine()) {
      json.setIndent("  ");
    }
    json.setHtmlSafe(false);
    this.show = show;
  }

  /**
   * Prints what a job of this kind made of a file.
   *
   * @param inputBytes length of the file
   */
  void print(Path file, long inputBytes, String kind, TrialResult result) throws IOException {
    List<ResultItem> items = result.items();
    begin(file);
    if (kind.equals(JobKinds.ANALYZE) || kind.equals(JobKinds.SUMMARIZE)) {
      new AnalysisJson(json).print(result);
    } else {
      book(kind, result, items);
    }
    list(items, "warnings", ResultItem::hasWarning, ResultItem::getWarning, this::warning);
    json.name("degraded").value(result.degraded());
    if (show.stats()) {
      stats(inputBytes, result.stats());
    }
    json.endObject();
    json.flush();
  }

  /** Prints why there is no result. */
  void print(Path file, Failure failure) throws IOException {
    begin(file);
    json.name("error").beginObject();
    json.name("reason").value(TrialException.reason(failure));
    json.name("message").value(failure.getMessage());
    json.name("limit").value(failure.getLimit());
    json.endObject().endObject();
    json.flush();
  }

  private void begin(Path file) throws IOException {
    json.beginObject();
    if (show.oneLine()) {
      json.name("file").value(file.toString());
    }
  }

  private void book(String kind, TrialResult result, List<ResultItem> items) throws IOException {
    metadata(result.metadata());
    list(items, "contents", ResultItem::hasContents, ResultItem::getContents, this::contents);
    if (!kind.equals(JobKinds.INSPECT)) {
      chapters(result, items);
      list(items, "notes", ResultItem::hasNote, ResultItem::getNote, this::note);
      list(items, "positions", ResultItem::hasPosition, ResultItem::getPosition, this::position);
      list(items, "furniture", ResultItem::hasFurniture, ResultItem::getFurniture, this::furniture);
    }
    list(items, "images", ResultItem::hasImage, ResultItem::getImage, this::image);
  }

  /** Prints one item. */
  private interface Print<T> {
    void print(T item) throws IOException;
  }

  private <T> void list(
      List<ResultItem> items,
      String name,
      Predicate<ResultItem> wanted,
      Function<ResultItem, T> part,
      Print<T> print)
      throws IOException {
    json.name(name).beginArray();
    for (ResultItem item : items) {
      if (wanted.test(item)) {
        json.beginObject();
        print.print(part.apply(item));
        json.endObject();
      }
    }
    json.endArray();
  }

  private void metadata(BookMetadata book) throws IOException {
    json.name("title").value(book.getTitle());
    strings(
        "authors",
        book.getContributorsList().stream()
            .filter(one -> one.getRole().equals("aut"))
            .map(Contributor::getName)
            .toList());
    json.name("contributors").beginArray();
    for (Contributor one : book.getContributorsList()) {
      json.beginObject();
      json.name("name").value(one.getName());
      json.name("role").value(one.getRole());
      json.name("file_as").value(one.getFileAs());
      json.endObject();
    }
    json.endArray();
    json.name("language").value(book.getLanguagesCount() == 0 ? "" : book.getLanguages(0));
    strings("languages", book.getLanguagesList());
    json.name("description").value(book.getDescription());
    json.name("publisher").value(book.getPublisher());
    json.name("published").value(book.getPublished());
    json.name("series").value(book.getSeries());
    json.name("series_index");
    if (book.hasSeriesIndex()) {
      json.value(book.getSeriesIndex());
    } else {
      json.nullValue();
    }
    strings("subjects", book.getSubjectsList());
    json.name("identifiers").beginArray();
    for (Identifier one : book.getIdentifiersList()) {
      json.beginObject();
      json.name("scheme").value(one.getScheme());
      json.name("value").value(one.getValue());
      json.endObject();
    }
    json.endArray();
    json.name("page_count").value(book.getPageCount());
    json.name("format").value(book.getFormat());
    accessibility(book.getAccessibility());
  }

  private void accessibility(BookAccessibility book) throws IOException {
    json.name("accessibility").beginObject();
    strings("access_modes", book.getAccessModesList());
    strings("sufficient_modes", book.getSufficientModesList());
    strings("features", book.getFeaturesList());
    strings("hazards", book.getHazardsList());
    json.name("summary").value(book.getSummary());
    strings("conforms_to", book.getConformsToList());
    json.name("certified_by").value(book.getCertifiedBy());
    json.endObject();
  }

  private void chapters(TrialResult result, List<ResultItem> items) throws IOException {
    if (!result.packed()) {
      json.name("chapters").beginArray().endArray();
      return;
    }
    try (PackReader pack = new PackReader(result.pack())) {
      list(
          items,
          "chapters",
          ResultItem::hasChapter,
          ResultItem::getChapter,
          chapter -> chapter(chapter, pack.chapter(chapter.getContent())));
    }
  }

  private void chapter(ChapterResult chapter, ChapterContent content) throws IOException {
    json.name("ordinal").value(chapter.getOrdinal());
    json.name("title").value(chapter.getTitle());
    json.name("source").value(chapter.getSource());
    json.name("text").value(content.getText());
    if (show.html()) {
      json.name("html").value(content.getHtml());
    }
    json.name("word_count").value(chapter.getWordCount());
    json.name("code_points").value(chapter.getCodePoints());
    json.name("language").value(chapter.getLanguage());
    json.name("linear").value(chapter.getLinear());
    json.name("first_page").value(chapter.getFirstPage());
    json.name("last_page").value(chapter.getLastPage());
  }

  private void contents(ContentsResult entry) throws IOException {
    json.name("title").value(entry.getTitle());
    json.name("depth").value(entry.getDepth());
    json.name("chapter").value(entry.getChapter());
    json.name("chapter_offset").value(entry.getChapterOffset());
  }

  private void note(NoteResult note) throws IOException {
    json.name("chapter").value(note.getChapter());
    json.name("label").value(note.getLabel());
    json.name("reference_offset").value(note.getReferenceOffset());
    json.name("text").value(note.getText());
  }

  private void image(ImageResult image) throws IOException {
    json.name("resource").value(image.getResource());
    json.name("media_type").value(image.getMediaType());
    json.name("width").value(image.getWidth());
    json.name("height").value(image.getHeight());
    json.name("size_bytes").value(image.getContent().getLength());
    json.name("sha256").value(image.getSha256());
  }

  private void position(SourcePosition position) throws IOException {
    json.name("chapter").value(position.getChapter());
    json.name("chapter_offset").value(position.getChapterOffset());
    json.name("page_label").value(position.getPageLabel());
    json.name("element_path").value(position.getElementPath());
  }

  private void furniture(FurnitureResult furniture) throws IOException {
    json.name("page").value(furniture.getPage());
    json.name("text").value(furniture.getText());
  }

  private void stats(long inputBytes, TrialStats stats) throws IOException {
    json.name("stats").beginObject();
    json.name("ready_millis").value(stats.readyMillis());
    json.name("elapsed_millis").value(stats.elapsedMillis());
    json.name("cpu_millis").value(stats.cpuMillis());
    json.name("input_bytes").value(inputBytes);
    json.name("result_bytes").value(stats.resultBytes());
    json.name("pack_bytes").value(stats.packBytes());
    json.name("peak_memory_bytes").value(stats.peakMemoryBytes());
    json.endObject();
  }

  private void warning(Warning warning) throws IOException {
    json.name("reason").value(warning.getReason());
    json.name("place").value(warning.getPlace());
    json.name("message").value(warning.getMessage());
  }

  private void strings(String name, List<String> values) throws IOException {
    json.name(name).beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
