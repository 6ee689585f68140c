package dev.scriptorium.worker.worker;

import com.google.protobuf.ByteString;
import dev.scriptorium.worker.pack.HashedFile;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.DownloadInputRequest;
import dev.scriptorium.worker.v1.DownloadInputResponse;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.UploadResultRequest;
import dev.scriptorium.worker.v1.UploadResultResponse;
import dev.scriptorium.worker.v1.Welcome;
import dev.scriptorium.worker.v1.WorkGrpc;
import dev.scriptorium.worker.v1.WorkerMessage;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server over a real socket that does what a test says and remembers what the worker says. */
final class FakeServer implements AutoCloseable {
  static final String KEY = "scr_worker_test_secret";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int BOUND_SECONDS = 60;

  /** Files to give, by attempt. */
  final Map<AttemptId, byte[]> inputs = new ConcurrentHashMap<>();

  /** Files that were stored, by hash. */
  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

  private final BlockingQueue<WorkerMessage> heard = new LinkedBlockingQueue<>();
  private final Server server;
  private final List<StreamObserver<ServerMessages>> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger uploadsToRefuse = new AtomicInteger();
  private final AtomicInteger frames = new AtomicInteger();
  private final long incarnation;
  private long jobs;

  FakeServer() throws IOException {
    this(1, 0);
  }

  /**
   * @param port 0 for any
   */
  FakeServer(long incarnation, int port) throws IOException {
    this.incarnation = incarnation;
    server =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .addService(new Work())
            .intercept(new KeyCheck())
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return server.getPort();
  }

  /** Work streams that are open. */
  int streams() {
    return open.size();
  }

  /** Frames that came so far. */
  int frames() {
    return frames.get();
  }

  /** Refuses the next uploads as a server does that is about to end. */
  void refuseUploads(int count) {
    uploadsToRefuse.set(count);
  }

  /** Offers a job whose book is this text. */
  AttemptId offer(String kind, String book) {
    return offer(kind, book.getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
  }

  /** Offers a job; {@code hash} may be another than the file's. */
  AttemptId offer(String kind, byte[] book, String hash) {
    jobs++;
    AttemptId id =
        AttemptId.newBuilder()
            .setJob(incarnation << 32 | jobs)
            .setAttempt(1)
            .setToken(jobs * 1_000_003)
            .build();
    inputs.put(id, book);
    offer(
        Offer.newBuilder()
            .setId(id)
            .setKind(kind)
            .setMediaType("text/plain")
            .setFileName("book.txt")
            .setDeadlineMillis(60_000)
            .setStallMillis(60_000)
            .addInputs(
                Input.newBuilder()
                    .setKind(Input.Kind.KIND_BOOK_FILE)
                    .setSizeBytes(book.length)
                    .setSha256(hash.isEmpty() ? HashedFile.sha256Hex(book) : hash)));
    return id;
  }

  /** Offers a job that reads nothing. */
  AttemptId offer(String kind, Consumer<Offer.Builder> further) {
    jobs++;
    AttemptId id =
        AttemptId.newBuilder()
            .setJob(incarnation << 32 | jobs)
            .setAttempt(1)
            .setToken(jobs * 1_000_003)
            .build();
    Offer.Builder offer =
        Offer.newBuilder().setId(id).setKind(kind).setDeadlineMillis(60_000).setStallMillis(60_000);
    further.accept(offer);
    offer(offer);
    return offer.getId();
  }

  private void offer(Offer.Builder offer) {
    say(ServerMessage.newBuilder().setOffer(offer).build());
  }

  void say(ServerMessage... messages) {
    if (open.isEmpty()) {
      throw new AssertionError("no worker is connected");
    }
    StreamObserver<ServerMessages> newest = open.getLast();
    synchronized (newest) {
      newest.onNext(ServerMessages.newBuilder().addAllMessages(List.of(messages)).build());
    }
  }

  /** Breaks the stream as a dying server does. */
  void breakStream() {
    open.removeLast()
        .onError(Status.UNAVAILABLE.withDescription("broken by the test").asException());
  }

  /** The next message that fits; others are thrown away. */
  WorkerMessage await(Predicate<WorkerMessage> wanted) {
    // In all, for heartbeats never end.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    try {
      for (var next = poll(); next != null && System.nanoTime() < deadline; next = poll()) {
        if (wanted.test(next)) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("the worker did not say it");
  }

  private @Nullable WorkerMessage poll() throws InterruptedException {
    return heard.poll(BOUND_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class KeyCheck implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (!("Bearer " + KEY).equals(headers.get(AUTHORIZATION))) {
        call.close(Status.UNAUTHENTICATED.withDescription("unknown key"), new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }

  private final class Work extends WorkGrpc.WorkImplBase {
    @Override
    public StreamObserver<WorkerMessages> connect(StreamObserver<ServerMessages> answers) {
      return new StreamObserver<>() {
        @Override
        public void onNext(WorkerMessages frame) {
          frames.incrementAndGet();
          if (frame.getMessages(0).hasHello()) {
            open.add(answers);
            say(
                ServerMessage.newBuilder()
                    .setWelcome(
                        Welcome.newBuilder()
                            .setServer("fake-" + incarnation)
                            .setIncarnation(incarnation)
                            .setHeartbeatMillis(200))
                    .build());
          }
          heard.addAll(frame.getMessagesList());
        }

        @Override
        public void onError(Throwable failure) {
          over();
        }

        @Override
        public void onCompleted() {
          over();
          answers.onCompleted();
        }

        private void over() {
          open.remove(answers);
        }
      };
    }

    @Override
    public void downloadInput(
        DownloadInputRequest request, StreamObserver<DownloadInputResponse> answers) {
      byte[] file = inputs.get(request.getId());
      for (int offset = 0; file != null && offset < file.length; offset += 1000) {
        answers.onNext(
            DownloadInputResponse.newBuilder()
                .setChunk(ByteString.copyFrom(file, offset, Math.min(1000, file.length - offset)))
                .build());
      }
      answers.onCompleted();
    }

    @Override
    public StreamObserver<UploadResultRequest> uploadResult(
        StreamObserver<UploadResultResponse> answers) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (uploadsToRefuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        answers.onError(Status.UNAVAILABLE.withDescription("ending").asException());
      }
      return new StreamObserver<>() {
        @Override
        public void onNext(UploadResultRequest part) {
          bytes.writeBytes(part.getChunk().toByteArray());
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          String hash = HashedFile.sha256Hex(bytes.toByteArray());
          blobs.put(hash, bytes.toByteArray());
          answers.onNext(
              UploadResultResponse.newBuilder()
                  .setBlob(BlobRef.newBuilder().setSha256(hash).setSizeBytes(bytes.size()))
                  .build());
          answers.onCompleted();
        }
      };
    }
  }
}
