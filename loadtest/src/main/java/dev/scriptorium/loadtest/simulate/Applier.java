package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.BookInputs;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobInputs;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.v1.Failure;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the feature does that owns the simulated jobs: it counts them. */
final class Applier implements ResultApplier, JobInputs {
  private static final StoredBlob EMPTY = new StoredBlob(EmptyBlobs.HASH, 0);

  private final World world;
  private final SimulatedLedger ledger;

  Applier(World world, SimulatedLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  @Override
  public Optional<BookInputs> of(Handle handle, Job job) {
    return Optional.of(new BookInputs("book", "", EMPTY, EMPTY));
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack) {
    ledger.current().rows.add(new Row.EffectRow(job.id(), true));
    if (Nature.of(job.terms().payload()) != Nature.FERTILE) {
      return List.of();
    }
    return List.of(
        Workload.job(
            job.owner(), job.book(), Nature.HONEST, world.upTo(10) * 50, List.of(job.id()), null));
  }

  @Override
  public void failed(Handle handle, Job job, Failure failure) {
    ledger.current().rows.add(new Row.EffectRow(job.id(), false));
  }

  @Override
  public void retried(Handle handle, Job job) {
    throw new UnsupportedOperationException("nobody asks for that");
  }
}
