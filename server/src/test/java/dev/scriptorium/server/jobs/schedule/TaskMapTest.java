package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of jobs against the one of the JDK. */
class TaskMapTest {
  private final Classes classes = new Classes(new Learned());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itHoldsWhatWasPutIn(long seed) {
    Random random = new Random(seed);
    TaskMap map = new TaskMap();
    Map<Long, Task> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      // Ids of several servers, dense and overlapping.
      long id = ((long) random.nextInt(3) << 40) + 1 + random.nextInt(2000);
      if (random.nextInt(5) < 3) {
        Entry entry = TestJob.of("parse").entry(id);
        Task task = new Task(entry, classes.sizeOf(entry), null);
        map.put(task);
        model.put(id, task);
      } else {
        map.remove(id);
        model.remove(id);
      }
      long other = ((long) random.nextInt(3) << 40) + 1 + random.nextInt(2000);
      assertThat(map.get(other)).isSameAs(model.get(other));
    }

    List<Long> wrong = new ArrayList<>();
    model.forEach(
        (id, task) -> {
          if (map.get(id) != task) {
            wrong.add(id);
          }
        });
    assertThat(wrong).isEmpty();
    assertThat(map.size()).isEqualTo(model.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void delaysEndInOrder(long seed) {
    Random random = new Random(seed);
    Delays delays = new Delays();
    List<Task> all = new ArrayList<>();
    for (long id = 1; id <= 2000; id++) {
      Entry entry = TestJob.of("parse").entry(id);
      Task task = new Task(entry, classes.sizeOf(entry), null);
      task.at = random.nextInt(1000);
      delays.add(task);
      all.add(task);
    }
    for (int i = 0; i < 500; i++) {
      Task out = all.remove(random.nextInt(all.size()));
      delays.remove(out);
    }

    List<Task> due = new ArrayList<>();
    for (long now = 0; now < 1000; now += 50) {
      due.addAll(delays.takeDue(now + 49));
    }

    assertThat(due).hasSize(1500).containsExactlyInAnyOrderElementsOf(all);
    assertThat(due).isSortedAccordingTo((one, two) -> Long.compare(one.at, two.at));
  }
}
