package dev.scriptorium.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.TestEngine;
import io.grpc.CallOptions;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
final class ScalerWireTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String SERVICE = "externalscaler.ExternalScaler";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private FleetRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new FleetRig(database, folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void enqueue(int jobs) {
    for (int i = 0; i < jobs; i++) {
      rig.test().enqueue(TestEngine.job(rig.owner(), "parse"));
    }
  }

  @Test
  void stateAndAdviceHaveTheirNumbers() {
    assertThat(active(Map.of())).isFalse();
    assertThat(wanted(Map.of())).isZero();

    enqueue(6);

    assertThat(active(Map.of())).isTrue();
    assertThat(wanted(Map.of("target_drain_seconds", "10"))).isEqualTo(3);
    assertThat(wanted(Map.of("target_drain_seconds", "10", "kinds", "analyze"))).isZero();
  }

  @Test
  void theMetricIsOneAWorker() {
    Map<Integer, Object> spec = fields(bytes(fields(call("GetMetricSpec", ref(Map.of()))).get(1)));
    assertThat(text(spec.get(1))).isEqualTo("wanted_workers");
    assertThat(spec.get(2)).isEqualTo(1L);
    assertThat(Double.longBitsToDouble((Long) spec.getOrDefault(3, 0L))).isEqualTo(1.0);
  }

  @Test
  void theStreamTellsTheStateAtOnceAndWhenItChanges() {
    Iterator<byte[]> states =
        ClientCalls.blockingServerStreamingCall(
            rig.channel(),
            method("StreamIsActive", MethodDescriptor.MethodType.SERVER_STREAMING),
            CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
            ref(Map.of()));
    // A field that is false is not sent.
    assertThat(fields(states.next())).isEmpty();

    enqueue(1);

    assertThat(fields(states.next())).containsEntry(1, 1L);
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
        rig.channel(),
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
