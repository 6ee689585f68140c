package dev.scriptorium.worker.runner;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * What one pass over all files took and gave.
 *
 * @param nanos from its first file's beginning to its last one's end
 * @param cpuNanos processor time of the process meanwhile
 * @param firstChapterNanos of every file with chapters, ascending
 * @param failed a line for every file without a result
 */
record PassFigures(
    long nanos,
    long cpuNanos,
    long characters,
    long htmlCharacters,
    long words,
    long chapters,
    long pages,
    List<Long> firstChapterNanos,
    List<String> failed) {

  /** Adds up what the threads counted. */
  static PassFigures of(long nanos, long cpuNanos, List<Figures> threads) {
    return new PassFigures(
        nanos,
        cpuNanos,
        threads.stream().mapToLong(Figures::characters).sum(),
        threads.stream().mapToLong(Figures::htmlCharacters).sum(),
        threads.stream().mapToLong(Figures::words).sum(),
        threads.stream().mapToLong(Figures::chapters).sum(),
        threads.stream().mapToLong(Figures::pages).sum(),
        threads.stream().flatMap(one -> one.firstChapterNanos().stream()).sorted().toList(),
        threads.stream().flatMap(one -> one.failures().stream()).sorted().toList());
  }

  /** Prints them as fields of an object that is open. */
  void print(JsonWriter json) throws IOException {
    json.name("median_pass_millis").value(millis(nanos));
    json.name("cpu_millis").value(millis(cpuNanos));
    json.name("chapters").value(chapters);
    json.name("words").value(words);
    json.name("characters").value(characters);
    json.name("html_characters").value(htmlCharacters);
    json.name("pages").value(pages);
    json.name("characters_per_second").value(Math.round(characters * 1e9 / nanos));
    json.name("pages_per_second").value(Math.round(pages * 1e10 / nanos) / 10.0);
    json.name("first_chapter_millis");
    if (firstChapterNanos.isEmpty()) {
      json.nullValue();
    } else {
      json.beginObject();
      json.name("median").value(millis(firstChapterNanos.get(firstChapterNanos.size() / 2)));
      json.name("slowest").value(millis(firstChapterNanos.getLast()));
      json.endObject();
    }
    json.name("failed").beginArray();
    for (String line : failed) {
      json.value(line);
    }
    json.endArray();
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
