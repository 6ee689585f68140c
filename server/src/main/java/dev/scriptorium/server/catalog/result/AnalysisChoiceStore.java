package dev.scriptorium.server.catalog.result;

import dev.scriptorium.v1.AnalysisMember;
import dev.scriptorium.v1.AnalysisMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on how books are to be analyzed. Thread-safe. */
public final class AnalysisChoiceStore {
  /** What an owner wants; {@link AnalysisChoice#USUAL} for one who never said. */
  public AnalysisChoice load(Handle handle, UUID owner) {
    return handle
        .createQuery(
            """
            select mode, member, member_weight from analysis_settings where owner_id = :owner
            """)
        .bind("owner", owner)
        .map((row, _) -> choice(row))
        .findOne()
        .orElse(AnalysisChoice.USUAL);
  }

  /** True when there is such an account. */
  public boolean isAccount(Handle handle, UUID owner) {
    return handle
        .createQuery("select exists (select from account where id = :owner)")
        .bind("owner", owner)
        .mapTo(Boolean.class)
        .one();
  }

  /** Keeps what an owner wants; false when there is no such account. */
  public boolean save(Handle handle, UUID owner, AnalysisChoice choice, Instant now) {
    Integer[] members =
        choice.members().keySet().stream().map(AnalysisMember::getNumber).toArray(Integer[]::new);
    return handle
            .createUpdate(
                """
                insert into analysis_settings (owner_id, mode, member, member_weight, updated_at)
                select id, :mode, :members, :weights, :now from account where id = :owner
                on conflict (owner_id) do update set
                  mode = excluded.mode, member = excluded.member,
                  member_weight = excluded.member_weight, updated_at = excluded.updated_at
                """)
            .bind("owner", owner)
            .bind("mode", choice.mode().getNumber())
            .bind("members", members)
            .bind("weights", choice.members().values().toArray(Double[]::new))
            .bind("now", now)
            .execute()
        == 1;
  }

  private static AnalysisChoice choice(ResultSet row) throws SQLException {
    Object[] numbers = (Object[]) row.getArray("member").getArray();
    Double[] weights = (Double[]) row.getArray("member_weight").getArray();
    Map<AnalysisMember, Double> members = new EnumMap<>(AnalysisMember.class);
    for (int i = 0; i < numbers.length; i++) {
      members.put(AnalysisMember.forNumber(((Number) numbers[i]).intValue()), weights[i]);
    }
    return new AnalysisChoice(AnalysisMode.forNumber(row.getInt("mode")), members);
  }
}
