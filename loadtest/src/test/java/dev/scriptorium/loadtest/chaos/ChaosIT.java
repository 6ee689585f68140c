package dev.scriptorium.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.loadtest.chaos.check.Checker;
import dev.scriptorium.loadtest.chaos.check.Records;
import dev.scriptorium.loadtest.chaos.check.Recoveries;
import dev.scriptorium.loadtest.system.FileTree;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs with every kind of fault that fits into them; the seed is new every time. */
class ChaosIT {
  @Test
  void whateverBreaksNothingIsLostAndNothingDoubled()
      throws IOException, SQLException, InterruptedException {
    FileTree.delete(breakAndCheck(Duration.ofMinutes(2), 250, 20));
  }

  @Test
  @EnabledIfSystemProperty(named = "chaos.long", matches = "true", disabledReason = "profile chaos")
  void norInHalfAnHour() throws IOException, SQLException, InterruptedException {
    Path folder = breakAndCheck(Duration.ofMinutes(30), 5_000, 300);

    Recoveries recoveries = new Recoveries(Records.read(folder));
    assertThat(recoveries.late()).as("records in %s", folder).isEmpty();
    assertThat(recoveries.times()).containsOnlyKeys(Recoveries.BOUNDS.keySet());
    FileTree.delete(folder);
  }

  /** Gives the folder with the records, for whoever checks more, and deletes it. */
  private static Path breakAndCheck(Duration load, int jobs, int faults)
      throws IOException, SQLException, InterruptedException {
    long seed = Long.getLong("chaos.seed", System.currentTimeMillis());
    Plan plan = new Plan(seed, load, Duration.ofSeconds(5), Set.of(), Set.of());
    Path folder = Installation.newFolder("chaos");

    new ChaosRun(plan, folder).run();

    Records records = Records.read(folder);
    assertThat(records.jobs()).hasSizeGreaterThanOrEqualTo(jobs);
    assertThat(records.faults()).hasSizeGreaterThanOrEqualTo(faults);
    assertThat(Checker.check(records)).as("%s, records in %s", plan, folder).isEmpty();
    return folder;
  }
}
