package dev.scriptorium.server.fleet;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.JobGrpcService;
import dev.scriptorium.server.jobs.TestEngine;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.server.wire.StatusInterceptor;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A queue on a real database, the fleet, and a channel to the services that serve them. */
final class FleetRig implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeClock clock = TestEngine.clock();
  private final TestEngine test;
  private final Fleet fleet;
  private final Server server;
  private final ManagedChannel channel;
  private final UUID owner;

  FleetRig(TestDatabase database, Path folder) throws Exception {
    test = TestEngine.open(database, folder, clock);
    owner = database.createAccount();
    FleetSettings settings = new FleetSettings("server-1", Duration.ofSeconds(2), 1000);
    fleet = new Fleet(test.engine().dispatcher(), settings, test.engine().incarnation(), clock);
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name)
            .executor(threads)
            .addService(
                new WorkGrpcService(fleet, test.engine().dispatcher(), test.blobs(), settings))
            .addService(new JobGrpcService(test.engine().jobs(), test.engine().control(), threads))
            .addService(new FleetGrpcService(fleet, threads))
            .addService(new ScalerGrpcService(test.engine().control().status(), fleet, threads))
            .intercept(new CallerOf(owner))
            .intercept(new StatusInterceptor())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).executor(threads).build();
  }

  /** The queue. */
  TestEngine test() {
    return test;
  }

  /** The workers. */
  Fleet fleet() {
    return fleet;
  }

  /** To all services. */
  Channel channel() {
    return channel;
  }

  /** Who makes every call. */
  UUID owner() {
    return owner;
  }

  /** What time it is for queue and fleet. */
  FakeClock clock() {
    return clock;
  }

  @Override
  public void close() {
    fleet.close();
    channel.shutdownNow();
    server.shutdownNow();
    test.close();
    threads.shutdownNow();
  }

  /** Every call is the owner's. */
  private record CallerOf(UUID owner) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Caller caller = new Caller(owner, "key", Role.LIBRARIAN);
      return Contexts.interceptCall(
          Context.current().withValue(Caller.KEY, caller), call, headers, next);
    }
  }
}
