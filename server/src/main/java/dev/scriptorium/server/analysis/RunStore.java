package dev.scriptorium.server.analysis;

import com.google.protobuf.Duration;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.v1.AnalysisRun;
import dev.scriptorium.v1.MemberRun;
import dev.scriptorium.worker.v1.AnalysisRunResult;
import dev.scriptorium.worker.v1.MemberRunResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Statements on how findings were made. Thread-safe. */
final class RunStore {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** What {@link #run} reads. */
  static final String COLUMNS =
      """
      plugin, mode, weights, paragraphs, member, member_weight, member_judged, member_nanos,
        member_failed, fallback, degraded
      """;

  /** Forgets that of the job's book. */
  void delete(Handle handle, Job job) {
    handle
        .createUpdate("delete from analysis_run where book_id = :book and owner_id = :owner")
        .bind("book", job.book())
        .bind("owner", job.owner())
        .execute();
  }

  /** Keeps that of the job's book. */
  void insert(Handle handle, Job job, AnalysisRunResult run, boolean degraded) {
    List<MemberRunResult> members = run.getMembersList();
    handle
        .createUpdate(
            """
            insert into analysis_run (book_id, owner_id, plugin, mode, weights, paragraphs, member,
              member_weight, member_judged, member_nanos, member_failed, fallback, degraded)
            values (:book, :owner, :plugin, :mode, :weights, :paragraphs, :members, :memberWeights,
              :judged, :nanos, :failed, :fallbacks, :degraded)
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("plugin", run.getPlugin())
        .bind("mode", run.getMode())
        .bind("weights", run.getWeights())
        .bind("paragraphs", run.getParagraphs())
        .bind("members", members.stream().map(MemberRunResult::getMember).toArray(String[]::new))
        .bind(
            "memberWeights",
            members.stream().map(MemberRunResult::getWeight).toArray(Double[]::new))
        .bind("judged", members.stream().map(MemberRunResult::getJudged).toArray(Long[]::new))
        .bind("nanos", members.stream().map(MemberRunResult::getNanos).toArray(Long[]::new))
        .bind("failed", members.stream().map(MemberRunResult::getFailed).toArray(Boolean[]::new))
        .bind("fallbacks", run.getFallbacksList().toArray(String[]::new))
        .bind("degraded", degraded)
        .execute();
  }

  /** How a book was analyzed, by a row that has it. */
  static AnalysisRun run(ResultSet row) throws SQLException {
    AnalysisRun.Builder run =
        AnalysisRun.newBuilder()
            .setPlugin(row.getString("plugin"))
            .setMode(row.getString("mode"))
            .setWeights(row.getString("weights"))
            .setParagraphs(row.getLong("paragraphs"))
            .addAllFallbacks(Rows.strings(row, "fallback"))
            .setDegraded(row.getBoolean("degraded"));
    List<String> names = Rows.strings(row, "member");
    Double[] weights = (Double[]) row.getArray("member_weight").getArray();
    Long[] judged = (Long[]) row.getArray("member_judged").getArray();
    Long[] nanos = (Long[]) row.getArray("member_nanos").getArray();
    Boolean[] failed = (Boolean[]) row.getArray("member_failed").getArray();
    for (int i = 0; i < names.size(); i++) {
      run.addMembers(
          MemberRun.newBuilder()
              .setMember(names.get(i))
              .setWeight(weights[i])
              .setJudged(judged[i])
              .setTime(time(nanos[i]))
              .setFailed(failed[i]));
    }
    return run.build();
  }

  private static Duration time(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / NANOS_A_SECOND)
        .setNanos((int) (nanos % NANOS_A_SECOND))
        .build();
  }
}
