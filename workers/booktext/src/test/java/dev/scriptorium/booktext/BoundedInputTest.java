package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.plugin.JobFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedInputTest {
  @Test
  void bytesUpToTheLimitComeThrough() throws IOException {
    try (BoundedInput in = bounded(10, 10)) {
      assertThat(in.readAllBytes()).hasSize(10);
      assertThat(in.count()).isEqualTo(10);
    }
  }

  @Test
  void oneByteMoreIsALimitReached() throws IOException {
    try (BoundedInput in = bounded(11, 10)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOfSatisfying(
              LimitReached.class,
              reached -> {
                assertThat(reached.limit()).isEqualTo("document_bytes=10");
                assertThat(reached.toFailure().reason())
                    .isEqualTo(JobFailure.Reason.LIMIT_EXCEEDED);
              });
    }
  }

  private static BoundedInput bounded(int length, int limit) {
    return new BoundedInput(
        new ByteArrayInputStream(new byte[length]), limit, "document_bytes", "a.xhtml");
  }
}
