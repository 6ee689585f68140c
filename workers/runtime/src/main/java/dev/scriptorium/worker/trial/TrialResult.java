package dev.scriptorium.worker.trial;

import dev.scriptorium.worker.pack.ResultReader;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job made.
 *
 * @param result its result file
 * @param pack the book's pack: the one the job made or, of {@code analyze}, the one it read
 * @param packed true when there is a pack
 * @param degraded true when something is missing that a fault-free run would have given
 * @param stats what it took, together with the jobs before it
 */
record TrialResult(Path result, Path pack, boolean packed, boolean degraded, TrialStats stats) {

  /** The same with the pack and the costs of the job before it. */
  TrialResult after(TrialResult parsed) {
    return new TrialResult(
        result, parsed.pack, parsed.packed, degraded || parsed.degraded, parsed.stats.plus(stats));
  }

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
