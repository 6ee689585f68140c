package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.Identifier;
import dev.scriptorium.worker.v1.BookMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the one metadata item of a result, checked and cut to the catalog's lengths. */
final class CheckedMetadata {
  private static final int MAX_CONTRIBUTORS = 200;
  private static final int MAX_LANGUAGES = 20;
  private static final int MAX_SUBJECTS = 200;
  private static final int MAX_IDENTIFIERS = 50;

  private @Nullable BookMetadata metadata;

  void take(ResultItems items, BookMetadata raw) throws ResultInvalidException {
    items.require(metadata == null, "there is one metadata");
    items.require(raw.getPageCount() >= 0, "page_count is at least 0");
    items.require(
        !raw.hasSeriesIndex() || Double.isFinite(raw.getSeriesIndex()),
        "series_index is a finite number");
    metadata =
        BookMetadata.newBuilder()
            .setTitle(line(items, "title", raw.getTitle()))
            .addAllContributors(contributors(items, raw.getContributorsList()))
            .addAllLanguages(lines(items, "languages", raw.getLanguagesList(), MAX_LANGUAGES))
            .setDescription(
                TextLimit.DESCRIPTION.cut(items.text("description", raw.getDescription())))
            .setPublisher(line(items, "publisher", raw.getPublisher()))
            .setPublished(line(items, "published", raw.getPublished()))
            .setSeries(line(items, "series", raw.getSeries()))
            .addAllSubjects(lines(items, "subjects", raw.getSubjectsList(), MAX_SUBJECTS))
            .addAllIdentifiers(identifiers(items, raw.getIdentifiersList()))
            .setPageCount(raw.getPageCount())
            .build();
    if (raw.hasSeriesIndex()) {
      metadata = metadata.toBuilder().setSeriesIndex(raw.getSeriesIndex()).build();
    }
  }

  /** What came; null when nothing did. */
  @Nullable BookMetadata get() {
    return metadata;
  }

  private static List<Contributor> contributors(ResultItems items, List<Contributor> raw)
      throws ResultInvalidException {
    List<Contributor> checked = new ArrayList<>();
    for (Contributor one : raw.subList(0, Math.min(raw.size(), MAX_CONTRIBUTORS))) {
      checked.add(
          Contributor.newBuilder()
              .setName(line(items, "contributors.name", one.getName()))
              .setRole(line(items, "contributors.role", one.getRole()))
              .setFileAs(line(items, "contributors.file_as", one.getFileAs()))
              .build());
    }
    return checked;
  }

  private static List<Identifier> identifiers(ResultItems items, List<Identifier> raw)
      throws ResultInvalidException {
    List<Identifier> checked = new ArrayList<>();
    for (Identifier one : raw.subList(0, Math.min(raw.size(), MAX_IDENTIFIERS))) {
      checked.add(
          Identifier.newBuilder()
              .setScheme(line(items, "identifiers.scheme", one.getScheme()))
              .setValue(line(items, "identifiers.value", one.getValue()))
              .build());
    }
    return checked;
  }

  private static List<String> lines(ResultItems items, String field, List<String> raw, int most)
      throws ResultInvalidException {
    List<String> checked = new ArrayList<>();
    for (String one : raw.subList(0, Math.min(raw.size(), most))) {
      checked.add(line(items, field, one));
    }
    return checked;
  }

  private static String line(ResultItems items, String field, String value)
      throws ResultInvalidException {
    return TextLimit.TITLE.cut(items.text(field, value));
  }
}
