package dev.scriptorium.worker.trial;

import dev.scriptorium.worker.pack.ResultReader;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job made.
 *
 * @param result its result file
 * @param pack its pack; exists only when {@code finished} says so
 */
record TrialResult(Path result, Path pack, JobFinished finished) {

  /** All items, in order. */
  List<ResultItem> items() throws IOException {
    List<ResultItem> items = new ArrayList<>();
    try (ResultReader reader = ResultReader.open(result)) {
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        items.add(item.get());
      }
    }
    return items;
  }

  /** What the file says about the book; empty when the job did not say. */
  BookMetadata metadata() throws IOException {
    return items().stream()
        .filter(ResultItem::hasMetadata)
        .map(ResultItem::getMetadata)
        .findFirst()
        .orElse(BookMetadata.getDefaultInstance());
  }
}
