package dev.scriptorium.loadtest.chaos;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of records, one line of JSON each, only ever appended to. Thread-safe. */
final class History implements AutoCloseable {
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final BufferedWriter out;

  History(Path file) throws IOException {
    out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Appends a record and flushes it. */
  synchronized void add(Object record) {
    try {
      out.write(gson.toJson(record));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
