package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.Shown;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CSV (RFC 4180) with a heading line. */
final class CsvFile implements AnnotationFile {
  private static final String END = "\r\n";

  @Override
  public String head() {
    return "book,title,authors,type,chapter,start,end,quote,note,color,tags,created,updated" + END;
  }

  @Override
  public String body(List<Shown> marks) {
    return marks.stream().map(CsvFile::line).collect(Collectors.joining());
  }

  @Override
  public String foot() {
    return "";
  }

  @Override
  public String mediaType() {
    return "text/csv; charset=utf-8; header=present";
  }

  private static String line(Shown shown) {
    Mark mark = shown.mark();
    return Stream.of(
                "books/" + mark.book(),
                shown.title(),
                String.join("; ", shown.authors()),
                mark.type().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT),
                Integer.toString(shown.chapter()),
                Long.toString(mark.place().start()),
                Long.toString(mark.place().end()),
                mark.place().quote().exact(),
                mark.content().note(),
                mark.content().color(),
                String.join("; ", mark.content().tags()),
                mark.createdAt().toString(),
                mark.updatedAt().toString())
            .map(CsvFile::cell)
            .collect(Collectors.joining(","))
        + END;
  }

  private static String cell(String text) {
    // A spreadsheet would take it for a formula and compute what a book's file says.
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
