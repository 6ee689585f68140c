package dev.scriptorium.plugin;

import java.io.IOException;
import java.util.Set;

/**
 * The code for one or more (kind, media type) pairs. A runner makes one instance, calls {@link
 * #warm()} once, {@link #practise()} while there is time, and then {@link #handle} for one job at a
 * time, always from the same thread.
 */
public interface JobHandler {
  /** What this handler takes; asked once, before {@link #warm()}. */
  Set<Capability> capabilities();

  /**
   * True when the handler takes what it is able to do from a handler that can do the same, such as
   * a built-in one, which is then not asked, nor warmed when nothing is left to it. Of two that
   * both take over neither is used: the runner does not start. Asked once.
   */
  default boolean takesOver() {
    return false;
  }

  /**
   * Loads models and whatever else a job needs. The runner counts as ready when every handler has
   * returned.
   *
   * @throws IOException when something needed is missing; the runner then ends
   */
  default void warm() throws IOException {}

  /**
   * Runs a little of what is to be compiled, so that the first job is as fast as the others. Called
   * after {@link #warm()}, again and again while the runner has had no job yet; a job that comes
   * meanwhile waits for its end, so it should take some ten milliseconds once it is compiled.
   *
   * @return false when another time would gain nothing
   * @throws IOException when something needed is missing; the runner then ends
   */
  default boolean practise() throws IOException {
    return false;
  }

  /**
   * Does one job. What was handed to the sink counts only when the job succeeds.
   *
   * @throws JobFailure when the input cannot be handled: the expected way to say no
   * @throws DependencyFailure when something outside of the job is to blame, which may come back
   * @throws IOException when reading the input or writing to the sink fails
   * @throws InterruptedException when the job was cancelled while waiting
   */
  void handle(JobContext job, BookSink sink) throws JobFailure, IOException, InterruptedException;
}
