package dev.scriptorium.server;

import dev.scriptorium.server.blob.FileBlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.database.Databases;
import dev.scriptorium.server.operations.ComponentState;
import dev.scriptorium.server.operations.ComponentState.State;
import dev.scriptorium.v1.Worker;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Says in one line each how the parts of the server are. */
final class Components {
  private Components() {}

  static ComponentState database(Databases databases) {
    try {
      databases.check();
      return new ComponentState("database", State.OK, "Postgres answers");
    } catch (SQLException e) {
      return new ComponentState("database", State.DOWN, "Postgres does not answer");
    }
  }

  static ComponentState cache(Cache cache) {
    Cache.State state = cache.state();
    return new ComponentState(
        "cache", state.degraded() ? State.DEGRADED : State.OK, state.detail());
  }

  static ComponentState blobs(FileBlobStore blobs) {
    try {
      long free = blobs.freeBytes() >> 20;
      return blobs.full()
          ? new ComponentState("blobs", State.DOWN, "only " + free + " MiB free: nothing is stored")
          : new ComponentState("blobs", State.OK, free + " MiB free");
    } catch (IOException e) {
      return new ComponentState("blobs", State.DOWN, "the disk does not answer");
    }
  }

  static ComponentState workers(List<Worker> workers) {
    return workers.isEmpty()
        ? new ComponentState("workers", State.DEGRADED, "none connected: books are not taken apart")
        : new ComponentState("workers", State.OK, workers.size() + " connected");
  }
}
