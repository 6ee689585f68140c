package dev.scriptorium.worker.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.JobProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final FromRunner MESSAGE =
      FromRunner.newBuilder()
          .setProgress(
              JobProgress.newBuilder().setJob(3).setPercent(40).setActivity("chapter 4 of 10"))
          .build();

  @Test
  void messagesComeBackInOrderAndTheEndIsSeen() throws IOException {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(pipe);
    FromRunner large = progress("x".repeat(300_000));

    writer.write(MESSAGE);
    writer.write(large);

    FrameReader<FromRunner> reader = reader(pipe.toByteArray());
    assertThat(reader.read()).contains(MESSAGE);
    assertThat(reader.read()).contains(large);
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void everyCutWithinAFrameIsReported() throws IOException {
    byte[] frame = frame(MESSAGE);

    for (int length = 1; length < frame.length; length++) {
      FrameReader<FromRunner> reader = reader(Arrays.copyOf(frame, length));
      assertThatThrownBy(reader::read).as("%d bytes", length).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aLengthBeyondTheLimitIsRefusedBeforeMemoryIsTaken() {
    byte[] tooLong = ByteBuffer.allocate(4).putInt(FrameReader.MAX_BYTES + 1).array();
    byte[] negative = {-1, -1, -1, -1};

    assertThatThrownBy(reader(tooLong)::read).isInstanceOf(FrameException.class);
    assertThatThrownBy(reader(negative)::read).isInstanceOf(FrameException.class);
  }

  @Test
  void aMessageBeyondTheLimitIsNotWritten() {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    FromRunner huge = progress("x".repeat(FrameReader.MAX_BYTES));

    assertThatThrownBy(() -> new FrameWriter(pipe).write(huge))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(pipe.size()).isZero();
  }

  @Test
  void randomBytesNeverHangTheReaderNorCrashIt() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_101L);
    byte[] valid = frame(MESSAGE);

    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = round % 2 == 0 ? noise(random) : damaged(valid, random);
      FrameReader<FromRunner> reader = reader(bytes);
      assertThat(framesUntilEndOrError(reader)).isLessThanOrEqualTo(bytes.length);
    }
  }

  private static int framesUntilEndOrError(FrameReader<FromRunner> reader) throws IOException {
    int frames = 0;
    try {
      while (reader.read().isPresent()) {
        frames++;
      }
    } catch (FrameException | EOFException e) {
      return frames;
    }
    return frames;
  }

  private static byte[] noise(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    // Half of them with a length that could be true.
    if (bytes.length > 4 && random.nextBoolean()) {
      ByteBuffer.wrap(bytes).putInt(0, random.nextInt(300));
    }
    return bytes;
  }

  private static byte[] damaged(byte[] valid, RandomGenerator random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static FromRunner progress(String activity) {
    return FromRunner.newBuilder()
        .setProgress(JobProgress.newBuilder().setActivity(activity))
        .build();
  }

  private static byte[] frame(FromRunner message) throws IOException {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    new FrameWriter(pipe).write(message);
    return pipe.toByteArray();
  }

  private static FrameReader<FromRunner> reader(byte[] bytes) {
    return new FrameReader<>(new ByteArrayInputStream(bytes), FromRunner.parser());
  }
}
