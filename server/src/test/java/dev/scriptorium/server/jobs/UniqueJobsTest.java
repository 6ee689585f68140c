package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UniqueJobsTest {
  private static final UUID OWNER = new UUID(1, 1);

  @Test
  void aJobThatIsThereIsNotAddedAndIsWaitedFor() {
    UniqueJobs unique =
        new UniqueJobs(
            List.of(job("there"), job("", -1), job("", -2)),
            Map.of(new OwnedKey(OWNER, "there"), 77L));

    assertThat(unique.fresh())
        .extracting(NewJob::after)
        .containsExactly(List.of(77L), List.of(-1L));
    assertThat(unique.ids(List.of(numbered(100), numbered(101)))).containsExactly(77L, 100L, 101L);
  }

  @Test
  void twoJobsOfOneRequestWithTheSameKeyAreOne() {
    UniqueJobs unique = new UniqueJobs(List.of(job("one"), job("one"), job("", -2)), Map.of());

    assertThat(unique.fresh()).hasSize(2);
    assertThat(unique.fresh().get(1).after()).containsExactly(-1L);
    assertThat(unique.ids(List.of(numbered(5), numbered(6)))).containsExactly(5L, 5L, 6L);
  }

  private static NewJob job(String key, long... after) {
    return new NewJob(
        OWNER,
        Job.NO_BOOK,
        "kind",
        "*",
        3,
        0,
        0,
        java.util.Arrays.stream(after).boxed().toList(),
        terms(key));
  }

  private static Terms terms(String key) {
    return new Terms(0, Instant.EPOCH, null, Duration.ZERO, 0, 0, key, ByteString.EMPTY);
  }

  private static Job numbered(long id) {
    return new Job(
        id, OWNER, Job.NO_BOOK, "kind", "*", 3, 0, 0, List.of(), Instant.EPOCH, terms(""));
  }
}
