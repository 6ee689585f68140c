package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.chaos.JobMix.Wanted;
import dev.scriptorium.loadtest.chaos.check.Submission;
import dev.scriptorium.loadtest.chaos.plugin.Poison;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.SubmitJobsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A client that submits jobs, writes down what it wanted and what it was told, and repeats a call
 * without an answer, at either server, with the same request id, until it has one. Used by one
 * thread.
 */
final class Submitter implements Runnable, AutoCloseable {
  private static final long CALL_SECONDS = 5;
  private static final long PAUSE_MILLIS = 250;
  private static final int MOST_JOBS = 6;
  private static final int REPEAT_PERCENT = 5;

  private final String name;
  private final Map<String, ManagedChannel> servers = new LinkedHashMap<>();
  private final Metadata headers = new Metadata();
  private final JobMix mix;
  private final History history;
  private final RandomGenerator random;
  private final Pace pace;
  private int requests;

  /**
   * How fast, how long, with what.
   *
   * @param pauseMillis mean time between requests
   * @param stop no new request is begun once it is open; the one under way is brought to its end
   * @param giveUp ends even that
   * @param poison poison that may come up now
   */
  record Pace(
      long pauseMillis,
      CountDownLatch stop,
      CountDownLatch giveUp,
      Supplier<List<Poison>> poison) {}

  Submitter(
      String name,
      Map<String, String> addresses,
      String key,
      JobMix mix,
      History history,
      RandomGenerator random,
      Pace pace) {
    this.name = name;
    this.mix = mix;
    this.history = history;
    this.random = random;
    this.pace = pace;
    addresses.forEach(
        (server, address) ->
            servers.put(
                server,
                NettyChannelBuilder.forTarget(address)
                    .usePlaintext()
                    .keepAliveTime(10, TimeUnit.SECONDS)
                    .build()));
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
  }

  @Override
  public void run() {
    try {
      while (!pace.stop().await(random.nextLong(2 * pace.pauseMillis()), TimeUnit.MILLISECONDS)) {
        request();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    servers.values().forEach(ManagedChannel::shutdownNow);
  }

  private void request() throws InterruptedException {
    String id = name + "-" + requests++;
    List<String> names = List.copyOf(servers.keySet());
    String server = names.get(random.nextInt(names.size()));
    // The limits of a key hold on the server that took its jobs: they all go to one.
    boolean keyed = random.nextInt(5) == 0;
    List<Wanted> wanted = new ArrayList<>();
    for (int count = 1 + random.nextInt(MOST_JOBS); count > 0; count--) {
      wanted.add(keyed ? mix.keyed(name, server) : mix.next(name, pace.poison().get()));
    }
    history.add(
        record("intended", id, "", wanted.stream().map(Wanted::intent).toList(), List.of(), ""));
    SubmitJobsRequest request =
        SubmitJobsRequest.newBuilder()
            .setRequestId(id)
            .addAllJobs(wanted.stream().map(Wanted::job).toList())
            .build();
    while (!call(server, request)) {
      if (pace.giveUp().await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      server = keyed ? server : names.get(random.nextInt(names.size()));
    }
    if (random.nextInt(100) < REPEAT_PERCENT) {
      boolean _ = call(names.get(random.nextInt(names.size())), request);
    }
  }

  private boolean call(String server, SubmitJobsRequest request) {
    try {
      List<Long> jobs =
          JobsGrpc.newBlockingStub(servers.get(server))
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
              .submitJobs(request)
              .getNamesList()
              .stream()
              .map(job -> Long.parseLong(job.substring(job.indexOf('/') + 1)))
              .toList();
      history.add(record("acked", request.getRequestId(), server, List.of(), jobs, ""));
      return true;
    } catch (StatusRuntimeException e) {
      history.add(
          record(
              "unknown",
              request.getRequestId(),
              server,
              List.of(),
              List.of(),
              e.getStatus().getCode() + " " + e.getStatus().getDescription()));
      return false;
    }
  }

  private static Submission record(
      String event,
      String request,
      String server,
      List<dev.scriptorium.loadtest.chaos.check.Intent> intents,
      List<Long> jobs,
      String error) {
    return new Submission(event, System.currentTimeMillis(), request, server, intents, jobs, error);
  }
}
