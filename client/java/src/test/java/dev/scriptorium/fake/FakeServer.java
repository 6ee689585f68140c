package dev.scriptorium.fake;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens on a free port of loopback. */
public final class FakeServer implements AutoCloseable {
  /** The key that it takes. */
  public static final String KEY = "scr_operator_test_secret";

  private final Faults faults = new Faults();
  private final FakeLibrary library = new FakeLibrary();
  private final FakeCatalog catalog = new FakeCatalog(library, faults);
  private final FakeJobs jobs = new FakeJobs(faults);
  private final FakeFleet fleet = new FakeFleet();
  private final FakeIdentity identity = new FakeIdentity();
  private final FakeCollections collections = new FakeCollections();
  private final int port;
  private Server server;

  public FakeServer() {
    server = start(0);
    port = server.getPort();
  }

  private Server start(int wanted) {
    try {
      return Grpc.newServerBuilderForPort(wanted, InsecureServerCredentials.create())
          .addService(catalog)
          .addService(new FakeAnalysis(library))
          .addService(new FakeReading(library))
          .addService(new FakeChanges(faults))
          .addService(jobs)
          .addService(fleet)
          .addService(identity)
          .addService(collections)
          .addService(new FakeFilters())
          .addService(new FakeOperations(faults))
          .intercept(new Authentication())
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the next calls end with. */
  public Faults faults() {
    return faults;
  }

  /** The books. */
  public FakeLibrary library() {
    return library;
  }

  /** Uploads, and how they are taken. */
  public FakeCatalog catalog() {
    return catalog;
  }

  /** Jobs, and what was asked of them. */
  public FakeJobs jobs() {
    return jobs;
  }

  /** The workers. */
  public FakeFleet fleet() {
    return fleet;
  }

  /** Users, keys, shares, and what was asked of them. */
  public FakeIdentity identity() {
    return identity;
  }

  /** Collections, and what was asked of them. */
  public FakeCollections collections() {
    return collections;
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Breaks all connections and listens again at the same port. */
  public void restart() {
    close();
    server = start(port);
  }

  /** Breaks all connections. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the fake server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Refuses other keys. */
  private static final class Authentication implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      @Nullable String key = headers.get(AUTHORIZATION);
      if (!("Bearer " + KEY).equals(key)) {
        StatusRuntimeException refused =
            Faults.error(
                Code.UNAUTHENTICATED, "API_KEY_INVALID", "the API key is not known", Map.of());
        Metadata trailers = refused.getTrailers();
        call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }
}
