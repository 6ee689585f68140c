package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.ByteSize;
import org.junit.jupiter.api.Test;

class RecyclePolicyTest {
  private static final long MEBIBYTE = 1 << 20;

  private final RecyclePolicy policy = new RecyclePolicy(3, ByteSize.ofMebibytes(100));

  @Test
  void aRunnerIsReplacedAfterItsLastJob() {
    assertThat(policy.reason(2, 0, 0)).isEmpty();
    assertThat(policy.reason(3, 0, 0)).contains("3 jobs done");
  }

  @Test
  void aRunnerIsReplacedAboveTheCeilingOverItsWarmMemory() {
    assertThat(policy.reason(1, 250 * MEBIBYTE, 150 * MEBIBYTE)).isEmpty();
    assertThat(policy.reason(1, 251 * MEBIBYTE, 150 * MEBIBYTE)).isPresent();
  }

  @Test
  void unknownMemoryIsNoReason() {
    assertThat(policy.reason(1, 900 * MEBIBYTE, 0)).isEmpty();
  }
}
