package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.AttemptRef;
import dev.scriptorium.server.jobs.Dispatch;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.Outcome;
import java.util.List;

/** A row of the simulated ledger, before and after its commit. */
sealed interface Row {
  /** What must be unique; compared among all rows. */
  Object key();

  record ServerRow(long incarnation, String name) implements Row {
    @Override
    public Object key() {
      return List.of("server", incarnation);
    }
  }

  record DeathRow(long incarnation, long heir) implements Row {
    @Override
    public Object key() {
      return new DeathKey(incarnation);
    }
  }

  record SettledRow(long incarnation) implements Row {
    @Override
    public Object key() {
      return List.of("settled", incarnation);
    }
  }

  record JobRow(Job job) implements Row {
    @Override
    public Object key() {
      return job.id();
    }
  }

  record DispatchRow(Dispatch dispatch, long incarnation) implements Row {
    @Override
    public Object key() {
      return new DispatchKey(dispatch.attempt().job(), dispatch.attempt().attempt());
    }
  }

  record OutcomeRow(Outcome outcome) implements Row {
    @Override
    public AttemptRef key() {
      return new AttemptRef(outcome.report().job(), outcome.report().attempt());
    }
  }

  /** A job's result took effect; there is no key, so that two would be seen. */
  record EffectRow(long job, boolean succeeded) implements Row {
    @Override
    public Object key() {
      return this;
    }
  }

  /** Something was saved for later attempts. */
  record CheckpointRow(AttemptRef attempt, int number, ByteString state) implements Row {
    @Override
    public Object key() {
      return new CheckpointKey(attempt, number);
    }
  }

  record SubmissionRow(String request, List<Long> jobs) implements Row {
    @Override
    public Object key() {
      return request;
    }
  }

  record DispatchKey(long job, int attempt) {}

  record CheckpointKey(AttemptRef attempt, int number) {}

  record DeathKey(long incarnation) {}
}
