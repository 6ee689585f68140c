package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.worker.v1.Capability;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/** The plugins of this runner. Used by the job thread alone after construction. */
final class PluginHost {
  private static final String ANY = "*";

  private final Map<dev.scriptorium.plugin.Capability, JobHandler> byCapability =
      new LinkedHashMap<>();

  /** Handlers that are warm and may still gain from practice. */
  private final Queue<JobHandler> learning = new ArrayDeque<>();

  /**
   * Asks every handler what it takes.
   *
   * @throws IllegalStateException when two take the same, and not one of them takes over
   */
  PluginHost(Iterable<JobHandler> found) {
    for (JobHandler handler : found) {
      for (var capability : handler.capabilities()) {
        byCapability.merge(capability, handler, (one, two) -> chosen(one, two, capability));
      }
    }
  }

  private static JobHandler chosen(
      JobHandler one, JobHandler two, dev.scriptorium.plugin.Capability capability) {
    if (one.takesOver() == two.takesOver()) {
      throw new IllegalStateException(
          "%s and %s both take %s"
              .formatted(one.getClass().getName(), two.getClass().getName(), capability));
    }
    return one.takesOver() ? one : two;
  }

  /** Warms the handlers, one after the other. */
  void warm() throws IOException {
    warm(_ -> true);
  }

  /** Warms the handlers of one kind alone: for a runner that will be asked for no other. */
  void warm(String kind) throws IOException {
    warm(capability -> capability.kind().equals(kind));
  }

  private void warm(Predicate<dev.scriptorium.plugin.Capability> wanted) throws IOException {
    Set<JobHandler> warmed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var entry : byCapability.entrySet()) {
      if (wanted.test(entry.getKey()) && warmed.add(entry.getValue())) {
        entry.getValue().warm();
        learning.add(entry.getValue());
      }
    }
  }

  /** Lets one of the warm handlers practise, each in turn; false when none gains from it. */
  boolean practise() throws IOException {
    JobHandler handler = learning.poll();
    if (handler != null && handler.practise()) {
      learning.add(handler);
    }
    return !learning.isEmpty();
  }

  /** What all handlers take together, in a stable order. */
  List<Capability> capabilities() {
    return byCapability.keySet().stream()
        .map(c -> Capability.newBuilder().setKind(c.kind()).setMediaType(c.mediaType()).build())
        .sorted(
            java.util.Comparator.comparing(Capability::getKind)
                .thenComparing(Capability::getMediaType))
        .toList();
  }

  /** The handler for a job: one that names the media type is preferred to one for any. */
  Optional<JobHandler> handler(String kind, String mediaType) {
    JobHandler exact = byCapability.get(new dev.scriptorium.plugin.Capability(kind, mediaType));
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(byCapability.get(new dev.scriptorium.plugin.Capability(kind, ANY)));
  }
}
