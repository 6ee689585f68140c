package dev.scriptorium.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.TestEngine;
import dev.scriptorium.server.wire.StatusInterceptor;
import io.grpc.CallOptions;
import io.grpc.KnownLength;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Speaks to the scaler as KEDA does: messages are put together here from the published field
 * numbers, so that a slip in our own copy of the protocol is seen.
 */
final class ScalerTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String SERVICE = "externalscaler.ExternalScaler";

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeClock clock = TestEngine.clock();
  private final String name = UUID.randomUUID().toString();
  private TestEngine test;
  private Fleet fleet;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(database, folder, clock);
    FleetSettings settings = new FleetSettings("server-1", Duration.ofSeconds(2), 1000);
    fleet = new Fleet(test.engine().dispatcher(), settings, test.engine().incarnation(), clock);
    server =
        InProcessServerBuilder.forName(name)
            .executor(threads)
            .addService(new ScalerGrpcService(test.engine().control().status(), fleet, threads))
            .intercept(new StatusInterceptor())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).executor(threads).build();
  }

  @AfterEach
  void close() {
    fleet.close();
    channel.shutdownNow();
    server.shutdownNow();
    test.close();
    threads.shutdownNow();
  }

  private void enqueue(int jobs) throws Exception {
    UUID owner = database.createAccount();
    for (int i = 0; i < jobs; i++) {
      test.enqueue(TestEngine.job(owner, "parse"));
    }
  }

  @Test
  void nothingIsWantedWhenIdleAndMoreWithMoreWork() throws Exception {
    assertThat(active(Map.of())).isFalse();
    assertThat(wanted(Map.of())).isZero();

    enqueue(6);
    // 6 jobs of which nothing is known, 10 s each, to be done in 10 s by workers with 2 slots.
    assertThat(wanted(Map.of("target_drain_seconds", "10"))).isEqualTo(3);
    assertThat(active(Map.of())).isTrue();

    enqueue(6);
    assertThat(wanted(Map.of("target_drain_seconds", "10"))).isEqualTo(6);
    assertThat(wanted(Map.of("target_drain_seconds", "10", "kinds", "analyze, inspect"))).isZero();
    assertThat(active(Map.of("kinds", "analyze"))).isFalse();
  }

  @Test
  void theMetricIsOneAWorker() {
    Map<Integer, Object> spec = fields(bytes(fields(call("GetMetricSpec", ref(Map.of()))).get(1)));
    assertThat(text(spec.get(1))).isEqualTo("wanted_workers");
    assertThat(spec.get(2)).isEqualTo(1L);
    assertThat(Double.longBitsToDouble((Long) spec.getOrDefault(3, 0L))).isEqualTo(1.0);
  }

  @Test
  void theStreamTellsTheStateAtOnceAndWhenItChanges() throws Exception {
    Iterator<byte[]> states =
        ClientCalls.blockingServerStreamingCall(
            channel,
            method("StreamIsActive", MethodDescriptor.MethodType.SERVER_STREAMING),
            CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
            ref(Map.of()));
    // A field that is false is not sent.
    assertThat(fields(states.next())).isEmpty();

    enqueue(1);

    assertThat(fields(states.next())).containsEntry(1, 1L);
  }

  @Test
  void metadataThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> wanted(Map.of("target_drain_seconds", "soon")))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("scalerMetadata.target_drain_seconds")
        .hasMessageContaining("1 to 86400 seconds");
  }

  private boolean active(Map<String, String> metadata) {
    return fields(call("IsActive", ref(metadata))).getOrDefault(1, 0L).equals(1L);
  }

  private long wanted(Map<String, String> metadata) {
    byte[] request =
        message(
            out -> {
              out.writeByteArray(1, ref(metadata));
              out.writeString(2, "wanted_workers");
            });
    Map<Integer, Object> value = fields(bytes(fields(call("GetMetrics", request)).get(1)));
    assertThat(text(value.get(1))).isEqualTo("wanted_workers");
    long whole = (Long) value.getOrDefault(2, 0L);
    assertThat(Double.longBitsToDouble((Long) value.getOrDefault(3, 0L))).isEqualTo((double) whole);
    return whole;
  }

  // ---- the wire

  private byte[] call(String method, byte[] request) {
    return ClientCalls.blockingUnaryCall(
        channel,
        method(method, MethodDescriptor.MethodType.UNARY),
        CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
        request);
  }

  private static MethodDescriptor<byte[], byte[]> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new Known(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Known extends ByteArrayInputStream implements KnownLength {
    Known(byte[] value) {
      super(value);
    }
  }

  private static byte[] ref(Map<String, String> metadata) {
    return message(
        out -> {
          out.writeString(1, "workers");
          out.writeString(2, "default");
          for (Map.Entry<String, String> entry : metadata.entrySet()) {
            out.writeByteArray(
                3,
                message(
                    pair -> {
                      pair.writeString(1, entry.getKey());
                      pair.writeString(2, entry.getValue());
                    }));
          }
        });
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Writing writing) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      writing.to(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Integer, Object> fields(byte[] message) {
    try {
      Map<Integer, Object> fields = new TreeMap<>();
      CodedInputStream in = CodedInputStream.newInstance(message);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        fields.put(
            WireFormat.getTagFieldNumber(tag),
            switch (WireFormat.getTagWireType(tag)) {
              case WireFormat.WIRETYPE_VARINT -> (Object) in.readRawVarint64();
              case WireFormat.WIRETYPE_FIXED64 -> in.readRawLittleEndian64();
              default -> in.readByteArray();
            });
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(@Nullable Object field) {
    return (byte[]) Objects.requireNonNull(field, "the field is missing");
  }

  private static String text(@Nullable Object field) {
    return new String(bytes(field), java.nio.charset.StandardCharsets.UTF_8);
  }
}
