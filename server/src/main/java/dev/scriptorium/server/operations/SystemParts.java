package dev.scriptorium.server.operations;

import dev.scriptorium.v1.Worker;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the answers come from. All functions are thread-safe and answer within about two seconds.
 *
 * @param components state of every part
 * @param workers workers connected to this server
 * @param queues open jobs by kind, of one owner or of all
 */
public record SystemParts(
    List<Supplier<ComponentState>> components,
    Supplier<List<Worker>> workers,
    Function<Optional<UUID>, List<QueueCount>> queues) {

  /** Copies the list. */
  public SystemParts {
    components = List.copyOf(components);
  }
}
