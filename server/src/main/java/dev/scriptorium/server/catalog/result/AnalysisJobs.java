package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** Makes the jobs of tier 3: one for each slice of a book, and one that waits for all of these. */
public final class AnalysisJobs {
  private static final int TIER = 3;

  private AnalysisJobs() {}

  /**
   * @param terms on what terms they run
   * @param words words of every chapter, in reading order
   * @return the slices in order, then the summary; none when there is no word
   */
  public static List<NewJob> of(
      UUID owner, UUID book, String mediaType, Terms terms, List<Integer> words) {
    List<Slices.Slice> slices = Slices.of(words);
    List<NewJob> jobs = new ArrayList<>();
    for (Slices.Slice slice : slices) {
      jobs.add(
          new NewJob(
              owner,
              book,
              "analyze",
              mediaType,
              TIER,
              slice.first(),
              slice.last(),
              List.of(),
              terms));
    }
    if (!slices.isEmpty()) {
      // Negative numbers name the jobs of this same list.
      List<Long> all = LongStream.rangeClosed(1, slices.size()).map(n -> -n).boxed().toList();
      jobs.add(new NewJob(owner, book, "summarize", mediaType, TIER, 0, 0, all, terms));
    }
    return List.copyOf(jobs);
  }

  /** How many of the jobs are slices: all but the summary. */
  public static int slices(List<NewJob> jobs) {
    return Math.max(0, jobs.size() - 1);
  }
}
