package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.worker.v1.Capability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plugins of this runner. Used by the job thread alone after construction. */
final class PluginHost {
  private static final String ANY = "*";

  private final List<JobHandler> handlers = new ArrayList<>();
  private final Map<dev.scriptorium.plugin.Capability, JobHandler> byCapability =
      new LinkedHashMap<>();

  /**
   * Asks every handler what it takes.
   *
   * @throws IllegalStateException when two take the same
   */
  PluginHost(Iterable<JobHandler> found) {
    for (JobHandler handler : found) {
      handlers.add(handler);
      for (var capability : handler.capabilities()) {
        JobHandler other = byCapability.putIfAbsent(capability, handler);
        if (other != null) {
          throw new IllegalStateException(
              "%s and %s both take %s"
                  .formatted(other.getClass().getName(), handler.getClass().getName(), capability));
        }
      }
    }
  }

  /** Warms the handlers, one after the other. */
  void warm() throws IOException {
    for (JobHandler handler : handlers) {
      handler.warm();
    }
  }

  /** Warms the handlers of one kind alone: for a runner that will be asked for no other. */
  void warm(String kind) throws IOException {
    for (JobHandler handler : handlers) {
      if (handler.capabilities().stream().anyMatch(one -> one.kind().equals(kind))) {
        handler.warm();
      }
    }
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
