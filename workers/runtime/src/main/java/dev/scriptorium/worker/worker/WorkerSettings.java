package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.pool.PoolSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * What a worker is told at its start.
 *
 * @param servers addresses, {@code host:port}; not empty
 * @param encryption how to speak with them
 * @param key secret key of the role worker
 * @param name stable over restarts, 1 to 100 characters
 * @param pool how many runners to keep, and within what memory
 * @param drain time that running jobs have when the worker is asked to end
 * @param train true to make an AOT cache for the runners when there is none
 */
record WorkerSettings(
    List<String> servers,
    Encryption encryption,
    String key,
    String name,
    PoolSettings pool,
    Duration drain,
    boolean train) {

  /** What the worker process itself takes of the budget. */
  static final ByteSize OWN_MEMORY = ByteSize.ofMebibytes(192);

  /** Checks the ranges and copies the list. */
  WorkerSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no server is named");
    }
    if (name.isEmpty() || name.length() > 100) {
      throw new IllegalArgumentException("name of " + name.length() + " characters: 1 to 100");
    }
  }

  /** What all runners together may take. */
  ByteSize runnerMemory() {
    return new ByteSize(Math.max(0, pool.budget().bytes() - OWN_MEMORY.bytes()));
  }

  /** Name of this machine or pod; {@code worker} when it does not know its own. */
  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host that does not know its own name still needs one here.
      return "worker";
    }
  }
}
