package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.JobClass;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of what ended attempts have taken. Stateless. */
final class ExperienceStore {
  // The index of the key, read backwards: the newest days first. With the offset Postgres looks up
  // job by job; otherwise it reads all that there are.
  private static final String NEWEST =
      """
      select job.kind, job.media_type, coalesce(job.input_bytes, 0) as input_bytes,
          coalesce(newest.peak_memory_bytes, 0) as peak_bytes,
          case newest.ending when 'SUCCEEDED' then coalesce(newest.elapsed_millis, 0) else 0 end
              as elapsed_millis
      from (
          select job_id, attempt, ending, peak_memory_bytes, elapsed_millis
          from outcome
          order by job_id desc, attempt desc
          limit :most) as newest
      cross join lateral (
          select kind, media_type, input_bytes
          from job
          where id = newest.job_id
          offset 0) as job
      order by newest.job_id, newest.attempt
      """;

  /**
   * What an attempt took.
   *
   * @param inputBytes length of what it read; 0 when unknown
   * @param peakBytes most memory it had; 0 when unknown
   * @param elapsedMillis how long it took; 0 when it did not come to its end
   */
  record Taken(JobClass work, long inputBytes, long peakBytes, long elapsedMillis) {}

  /** Of so many attempts at most, those of the newest jobs, oldest first. */
  List<Taken> newest(Handle handle, int most) {
    return handle
        .createQuery(NEWEST)
        .bind("most", most)
        .map(
            (row, context) ->
                new Taken(
                    new JobClass(row.getString("kind"), row.getString("media_type")),
                    row.getLong("input_bytes"),
                    row.getLong("peak_bytes"),
                    row.getLong("elapsed_millis")))
        .list();
  }
}
