package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.Offer;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one attempt: inputs fetched from its server, results stored there. While no server
 * speaks for the attempt everything stays as it is. Confined to the worker's loop; files are moved
 * over the network on other threads, one transfer at a time.
 */
final class AttemptFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFiles.class);

  /** The attempt, on the loop. */
  interface Owner {
    /** The server that speaks for the attempt; empty while there is none. */
    Optional<ServerLink> server();

    /** All inputs are there. */
    void fetched();

    /** The result is stored with the server that speaks for the attempt. */
    void stored(Complete.Builder complete);

    /** The server says that the attempt has ended. */
    void fenced();

    /** It will never succeed. */
    void broken(String why, boolean retryable);
  }

  /** What a transfer came to; runs on the loop. */
  private interface Then {
    void go();
  }

  private final Offer offer;
  private final Path home;
  private final Attempt.Host host;
  private final Owner owner;
  private @Nullable JobDirectory directory;
  private @Nullable JobFinished finished;
  private boolean fetching;
  private boolean storing;
  private boolean busy;
  private boolean dropped;
  private int failures;

  /**
   * @param home folder to create for it
   */
  AttemptFiles(Offer offer, Path home, Attempt.Host host, Owner owner) {
    this.offer = offer;
    this.home = home;
    this.host = host;
    this.owner = owner;
  }

  /** Fetches all inputs. */
  void fetch() {
    fetching = true;
    resume();
  }

  /** Stores a result. */
  void store(JobFinished result) {
    finished = result;
    storeAgain();
  }

  /** Stores the same result once more, with another server. */
  void storeAgain() {
    storing = true;
    failures = 0;
    resume();
  }

  /** Goes on, if there is something to do and a server to do it with. */
  void resume() {
    if (busy || dropped || !(fetching || storing)) {
      return;
    }
    Optional<ServerLink> server = owner.server();
    if (server.isPresent()) {
      busy = true;
      host.background(() -> transfer(server.get()));
    }
  }

  /** Where the files are; null before they were fetched, and after they were dropped. */
  @Nullable JobDirectory directory() {
    return directory;
  }

  /** Deletes what is there, be it a half of what was to be fetched. */
  void drop() {
    dropped = true;
    if (!busy) {
      delete();
    }
  }

  private void transfer(ServerLink server) {
    Then then = storing ? storeAt(server) : fetchFrom(server.channel());
    host.onLoop(
        () -> {
          busy = false;
          if (dropped) {
            delete();
          } else {
            then.go();
          }
        });
  }

  private Then fetchFrom(Channel server) {
    try {
      JobDirectory created = JobDirectory.create(home);
      for (Input input : offer.getInputsList()) {
        Transfers.download(server, offer.getId(), input, created.input(input.getIndex()));
      }
      return () -> fetched(created);
    } catch (StatusException e) {
      return () -> troubled(e);
    } catch (IOException e) {
      LOG.error("cannot store the inputs of job {}", offer.getId().getJob(), e);
      return () -> owner.broken("the worker cannot store its inputs", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return () -> {};
    }
  }

  private void fetched(JobDirectory created) {
    directory = created;
    fetching = false;
    failures = 0;
    owner.fetched();
  }

  private Then storeAt(ServerLink server) {
    JobFinished made = finished;
    if (made == null) {
      throw new IllegalStateException("job " + offer.getId().getJob() + " made nothing");
    }
    try {
      Complete.Builder complete = Complete.newBuilder().setId(offer.getId());
      complete.setResult(
          upload(server, JobDirectory.RESULT, made.getResultBytes(), made.getResultSha256()));
      if (made.getPackBytes() > 0) {
        complete.setPack(
            upload(server, JobDirectory.PACK, made.getPackBytes(), made.getPackSha256()));
      }
      return () -> stored(server, complete);
    } catch (StatusException e) {
      return () -> troubled(e);
    } catch (IOException e) {
      LOG.error("cannot read the result of job {}", offer.getId().getJob(), e);
      return () -> owner.broken("the worker cannot read the result", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return () -> {};
    }
  }

  private BlobRef upload(ServerLink server, String name, long bytes, String sha256)
      throws StatusException, IOException, InterruptedException {
    BlobRef blob = BlobRef.newBuilder().setSizeBytes(bytes).setSha256(sha256).build();
    return Transfers.upload(server.channel(), offer.getId(), home.resolve(name), blob);
  }

  private void stored(ServerLink at, Complete.Builder complete) {
    if (owner.server().filter(now -> now != at).isPresent()) {
      // Meanwhile another server speaks for the attempt; it may have blobs of its own.
      resume();
      return;
    }
    storing = false;
    owner.stored(complete);
  }

  /** The server did not take or give a file: it is gone for now, or says no. */
  private void troubled(StatusException trouble) {
    failures++;
    LOG.atLevel(failures == 1 ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
        .log(
            "job {} cannot be {}: {}",
            offer.getId().getJob(),
            storing ? "stored" : "fetched",
            ServerLink.describe(trouble.getStatus()));
    switch (TransferTrouble.of(trouble)) {
      case FENCED -> owner.fenced();
      case AWAY -> host.later(failures, this::resume);
      case REFUSED -> owner.broken("the server does not take the result: it is too large", false);
      case DAMAGED -> {
        if (failures < TransferTrouble.MOST_DAMAGED) {
          host.later(failures, this::resume);
        } else {
          owner.broken("a file was damaged on its way", true);
        }
      }
    }
  }

  private void delete() {
    Path place = directory == null ? home : vacated(directory);
    directory = null;
    host.background(() -> delete(place));
  }

  // At once: its runner may get the next job before the background comes to delete anything.
  private static Path vacated(JobDirectory directory) {
    try {
      return directory.vacate();
    } catch (IOException e) {
      LOG.warn("cannot clear {}: {}", directory.path(), e.toString());
      return directory.path();
    }
  }

  private static void delete(Path directory) {
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", directory, e.toString());
    }
  }
}
