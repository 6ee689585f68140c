package dev.scriptorium.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.loadtest.chaos.check.Checker;
import dev.scriptorium.loadtest.chaos.check.Records;
import dev.scriptorium.loadtest.chaos.check.Violation;
import dev.scriptorium.loadtest.system.FileTree;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes one guard away at a time: the check has to find out. About a minute each. */
@EnabledIfSystemProperty(named = "chaos.long", matches = "true", disabledReason = "profile chaos")
class GuardsIT {
  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAGuardAPromiseIsBroken(Guard guard)
      throws IOException, SQLException, InterruptedException {
    Path folder = Installation.newFolder("chaos");
    Plan plan =
        new Plan(7, Duration.ofSeconds(60), Duration.ofSeconds(5), Set.of(guard), guard.faults());

    new ChaosRun(plan, folder).run();

    assertThat(Checker.check(Records.read(folder)))
        .as("without %s, records in %s", guard, folder)
        .extracting(Violation::invariant)
        .containsAnyElementsOf(broken(guard));
    FileTree.delete(folder);
  }

  private static Set<String> broken(Guard guard) {
    return switch (guard) {
      case FENCE -> Set.of("I2", "I3");
      case DURABILITY, SUCCESSION -> Set.of("I1");
      case REQUESTS -> Set.of("I1", "I2");
      case QUARANTINE -> Set.of("I1", "I6");
      case RETRY -> Set.of("I1", "I3");
      case CHECKPOINT -> Set.of("I10");
      case KEY_LIMIT -> Set.of("I8", "I12");
    };
  }
}
