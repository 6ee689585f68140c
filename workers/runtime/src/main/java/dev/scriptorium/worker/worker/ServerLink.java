package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.pool.EventLoop;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.Welcome;
import dev.scriptorium.worker.v1.WorkGrpc;
import dev.scriptorium.worker.v1.WorkerMessage;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one server: a channel and the work stream, opened again whenever it breaks. Confined
 * to the worker's loop, but for {@link #channel} and {@link #address}.
 */
final class ServerLink {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);
  private static final Duration WELCOME_TIMEOUT = Duration.ofSeconds(10);
  private static final long KEEPALIVE_SECONDS = 30;

  /** Hears a link, on the loop. */
  interface Listener {
    /** What to introduce the worker with. */
    Hello hello(ServerLink link);

    /** The server has answered: offers may come, and what it did not hear must be said again. */
    void welcomed(ServerLink link);

    /** The server says something. */
    void said(ServerLink link, ServerMessage message);

    /** The server does not accept the key. */
    void refused(ServerLink link, Status status);
  }

  private final String address;
  private final ManagedChannel managed;
  private final Channel channel;
  private final EventLoop loop;
  private final Backoff backoff;
  private final Listener listener;
  private @Nullable Stream stream;
  private @Nullable Welcome welcome;
  private int failures;
  private boolean closed;

  /**
   * @param address {@code host:port}
   * @param key secret key of the role worker
   */
  ServerLink(String address, String key, EventLoop loop, Backoff backoff, Listener listener) {
    this.address = address;
    managed =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
            .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .build();
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    channel =
        ClientInterceptors.intercept(managed, MetadataUtils.newAttachHeadersInterceptor(headers));
    this.loop = loop;
    this.backoff = backoff;
    this.listener = listener;
  }

  /** The server's address as it was given. */
  String address() {
    return address;
  }

  /** For calls beside the stream. */
  Channel channel() {
    return channel;
  }

  /** Opens the stream and keeps it open until {@link #close}. */
  void open() {
    if (closed) {
      return;
    }
    Stream opened = new Stream();
    stream = opened;
    WorkGrpc.newStub(channel).connect(opened);
    opened.send(WorkerMessage.newBuilder().setHello(listener.hello(this)).build());
    loop.after(WELCOME_TIMEOUT, () -> giveUpUnless(opened));
  }

  /** The server's answer; null while the link is down. */
  @Nullable Welcome welcome() {
    return welcome;
  }

  /**
   * Says something that must be heard; dropped when the link is down: say it at the next welcome.
   */
  void send(WorkerMessage message) {
    if (stream != null && welcome != null) {
      stream.send(message);
    }
  }

  /** Says something that is soon out of date; dropped when the server cannot keep up. */
  void sendIfReady(WorkerMessage message) {
    if (stream != null && welcome != null && stream.isReady()) {
      stream.send(message);
    }
  }

  /** Ends the stream and the channel. */
  void close() {
    closed = true;
    welcome = null;
    if (stream != null) {
      stream.complete();
    }
    managed.shutdown();
    loop.after(Duration.ofMillis(500), managed::shutdownNow);
  }

  private void giveUpUnless(Stream opened) {
    if (stream == opened && welcome == null && !closed) {
      opened.cancel("no welcome");
    }
  }

  private void heard(Stream from, ServerMessage message) {
    if (from != stream || closed) {
      return;
    }
    if (message.hasWelcome()) {
      welcome = message.getWelcome();
      failures = 0;
      LOG.info("connected to {} ({})", address, welcome.getServer());
      listener.welcomed(this);
    } else {
      listener.said(this, message);
    }
  }

  private void broke(Stream from, Status status) {
    if (from != stream || closed) {
      return;
    }
    boolean wasUp = welcome != null;
    stream = null;
    welcome = null;
    failures++;
    Status.Code code = status.getCode();
    if (code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED) {
      listener.refused(this, status);
    } else if (wasUp || failures == 1) {
      // Once for every change, not for every try.
      LOG.warn("no connection to {}: {}; trying again", address, describe(status));
    }
    Duration wait = backoff.after(failures);
    loop.after(wait, this::reopen);
  }

  private void reopen() {
    // The channel's own waits grow to two minutes; ours decide.
    managed.resetConnectBackoff();
    open();
  }

  static String describe(Status status) {
    return status.getDescription() == null
        ? status.getCode().toString()
        : status.getCode() + " " + status.getDescription();
  }

  /** One stream; those that are over are not listened to. */
  private final class Stream implements ClientResponseObserver<WorkerMessages, ServerMessages> {
    private @Nullable ClientCallStreamObserver<WorkerMessages> requests;

    @Override
    public void beforeStart(ClientCallStreamObserver<WorkerMessages> stream) {
      requests = stream;
    }

    @Override
    public void onNext(ServerMessages frame) {
      loop.execute(() -> frame.getMessagesList().forEach(message -> heard(this, message)));
    }

    @Override
    public void onError(Throwable failure) {
      Status status = Status.fromThrowable(failure);
      loop.execute(() -> broke(this, status));
    }

    @Override
    public void onCompleted() {
      loop.execute(() -> broke(this, Status.UNAVAILABLE.withDescription("closed by the server")));
    }

    boolean isReady() {
      return requests != null && requests.isReady();
    }

    void send(WorkerMessage message) {
      if (requests != null) {
        try {
          requests.onNext(WorkerMessages.newBuilder().addMessages(message).build());
        } catch (IllegalStateException e) {
          // The call has ended, and its observer is about to be told.
          LOG.debug("message to {} lost: {}", address, e.getMessage());
        }
      }
    }

    void complete() {
      if (requests != null) {
        try {
          requests.onCompleted();
        } catch (IllegalStateException e) {
          LOG.debug("stream to {} was over: {}", address, e.getMessage());
        }
      }
    }

    void cancel(String why) {
      if (requests != null) {
        requests.cancel(why, null);
      }
    }
  }
}
