package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.pool.EventLoop;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.Welcome;
import dev.scriptorium.worker.v1.WorkGrpc;
import dev.scriptorium.worker.v1.WorkerMessage;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
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
final class ServerLink implements WorkStream.Ear {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);
  private static final Duration WELCOME_TIMEOUT = Duration.ofSeconds(10);
  private static final long KEEPALIVE_SECONDS = 30;

  /** Hears a link, on the loop. */
  interface Listener {
    /** What to introduce the worker with. */
    Hello hello();

    /** The server has answered: offers may come, and what it did not hear must be said again. */
    void welcomed(ServerLink link, Welcome welcome);

    /** The server says something. */
    void said(ServerLink link, ServerMessage message);

    /** The server was there and is there no longer. */
    void lost(ServerLink link);

    /** The server does not accept the key. */
    void refused(ServerLink link, Status status);
  }

  private final String address;
  private final ManagedChannel managed;
  private final Channel channel;
  private final EventLoop loop;
  private final Backoff backoff;
  private final Listener listener;
  private @Nullable WorkStream stream;
  private @Nullable Welcome welcome;
  private long welcomedNanos;
  private int failures;
  private boolean parked;
  private boolean closed;

  /**
   * @param key secret key of the role worker
   */
  ServerLink(
      ServerAddress server,
      ChannelCredentials credentials,
      String key,
      EventLoop loop,
      Backoff backoff,
      Listener listener) {
    address = server.target();
    managed =
        Grpc.newChannelBuilder(address, credentials)
            // A certificate names the host that was given, not each of its addresses.
            .overrideAuthority(server.given())
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

  /** The server's address as it was given or found. */
  String address() {
    return address;
  }

  /** For calls beside the stream. */
  Channel channel() {
    return channel;
  }

  /** Opens the stream and keeps it open until {@link #park} or {@link #close}. */
  void open() {
    parked = false;
    if (closed || stream != null) {
      return;
    }
    WorkStream opened = new WorkStream(loop, this);
    stream = opened;
    WorkGrpc.newStub(channel).connect(opened);
    opened.send(WorkerMessage.newBuilder().setHello(listener.hello()).build());
    loop.after(WELCOME_TIMEOUT, () -> giveUpUnless(opened));
  }

  /** The server's answer; null while the link is down. */
  @Nullable Welcome welcome() {
    return welcome;
  }

  /** True while the server is there. */
  boolean isUp() {
    return welcome != null;
  }

  /** True while the server is there and is this incarnation of it. */
  boolean leadsTo(long incarnation) {
    return welcome != null && welcome.getIncarnation() == incarnation;
  }

  /** Time since the server's answer. */
  Duration upFor(long nowNanos) {
    return welcome == null ? Duration.ZERO : Duration.ofNanos(nowNanos - welcomedNanos);
  }

  /** True while it is kept shut because another way leads to the same server. */
  boolean isParked() {
    return parked;
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

  /** Ends the stream, until {@link #open} is called again. */
  void park() {
    parked = true;
    welcome = null;
    if (stream != null) {
      stream.complete();
      stream = null;
    }
  }

  /** Ends the stream and the channel. */
  void close() {
    closed = true;
    park();
    managed.shutdown();
    loop.after(Duration.ofMillis(500), managed::shutdownNow);
  }

  private void giveUpUnless(WorkStream opened) {
    if (stream == opened && welcome == null && !closed) {
      opened.cancel("no welcome");
    }
  }

  @Override
  public void heard(WorkStream from, ServerMessages frame) {
    for (ServerMessage message : frame.getMessagesList()) {
      // Each may have ended the stream.
      if (from == stream && !closed) {
        heard(message);
      }
    }
  }

  private void heard(ServerMessage message) {
    if (message.hasWelcome()) {
      welcome = message.getWelcome();
      welcomedNanos = System.nanoTime();
      failures = 0;
      LOG.info("connected to {} ({})", address, welcome.getServer());
      listener.welcomed(this, welcome);
    } else {
      listener.said(this, message);
    }
  }

  @Override
  public void broke(WorkStream from, Status status) {
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
    if (wasUp) {
      listener.lost(this);
    }
    loop.after(backoff.after(failures), this::reopen);
  }

  private void reopen() {
    if (!parked) {
      // The channel's own waits grow to two minutes; ours decide.
      managed.resetConnectBackoff();
      open();
    }
  }

  static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().toString());
    if (status.getDescription() != null) {
      text.append(' ').append(status.getDescription());
    }
    // What TLS has to say stands at the bottom.
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? text.toString() : text.append(": ").append(cause).toString();
  }
}
