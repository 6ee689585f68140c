package dev.scriptorium.server.operations;

import com.google.protobuf.Timestamp;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.CacheRates;
import dev.scriptorium.v1.ClearCacheRequest;
import dev.scriptorium.v1.ClearCacheResponse;
import dev.scriptorium.v1.Component;
import dev.scriptorium.v1.GetSystemInfoRequest;
import dev.scriptorium.v1.Limits;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.QueueDepth;
import dev.scriptorium.v1.SystemInfo;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The service {@code scriptorium.v1.Operations}. */
public final class OperationsGrpcService extends OperationsGrpc.OperationsImplBase {
  private static final List<String> CAPABILITIES =
      List.of("upload", "contents", "search", "download", "analysis", "reading", "jobs");
  private static final int MAX_PATTERN = 200;

  private final ServerIdentity server;
  private final SystemLimits limits;
  private final SystemParts parts;
  private final Cache cache;
  private final InstantSource clock;

  /**
   * @param parts where the answers come from
   * @param cache of this server
   */
  public OperationsGrpcService(
      ServerIdentity server,
      SystemLimits limits,
      SystemParts parts,
      Cache cache,
      InstantSource clock) {
    this.server = server;
    this.limits = limits;
    this.parts = parts;
    this.cache = cache;
    this.clock = clock;
  }

  @Override
  public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<SystemInfo> response) {
    response.onNext(info(Caller.current()));
    response.onCompleted();
  }

  @Override
  public void clearCache(ClearCacheRequest request, StreamObserver<ClearCacheResponse> response) {
    String pattern = request.getPattern();
    if (pattern.isBlank() || pattern.length() > MAX_PATTERN) {
      throw InvalidField.of("pattern", pattern, "1 to " + MAX_PATTERN + " characters");
    }
    int cleared = cache.clear(pattern);
    response.onNext(ClearCacheResponse.newBuilder().setCleared(cleared).build());
    response.onCompleted();
  }

  private SystemInfo info(Caller caller) {
    SystemInfo.Builder info =
        SystemInfo.newBuilder()
            .setVersion(server.version())
            .setServer(server.name())
            .setTime(timestamp(clock.instant()))
            .setStartTime(timestamp(server.startedAt()))
            .setCaller(caller.keyId() + " " + caller.role().name().toLowerCase(Locale.ROOT))
            .setLimits(limits())
            .addAllCapabilities(CAPABILITIES);
    parts.components().forEach(part -> info.addComponents(component(part.get())));
    boolean operator = caller.role() == Role.OPERATOR;
    if (operator) {
      info.addAllWorkers(parts.workers().get());
      cache.rates().forEach((kind, rates) -> info.addCache(rates(kind, rates)));
    }
    Optional<UUID> owner = operator ? Optional.empty() : Optional.of(caller.owner());
    parts.queues().apply(owner).forEach(queue -> info.addQueues(queue(queue)));
    return info.build();
  }

  private Limits limits() {
    return Limits.newBuilder()
        .setMaxUploadBytes(limits.maxUploadBytes())
        .setMaxPageSize(limits.maxPageSize())
        .setMaxMessageBytes(limits.maxMessageBytes())
        .setMaxWaitingJobs(limits.maxWaitingJobs())
        .build();
  }

  private static Component component(ComponentState part) {
    return Component.newBuilder()
        .setName(part.name())
        .setState(
            switch (part.state()) {
              case OK -> Component.State.STATE_OK;
              case DEGRADED -> Component.State.STATE_DEGRADED;
              case DOWN -> Component.State.STATE_DOWN;
            })
        .setDetail(part.detail())
        .build();
  }

  private static CacheRates rates(String kind, Cache.Rates rates) {
    return CacheRates.newBuilder()
        .setKind(kind)
        .setMemory(rates.memory())
        .setRedis(rates.redis())
        .setLoaded(rates.loaded())
        .build();
  }

  private static QueueDepth queue(QueueCount queue) {
    return QueueDepth.newBuilder()
        .setKind(queue.kind())
        .setBlocked(queue.blocked())
        .setWaiting(queue.waiting())
        .setRunning(queue.running())
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
