package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.util.Optional;

/** Says when a runner has served long enough. */
record RecyclePolicy(int maxJobs, ByteSize ceiling) {

  /**
   * Why a runner should be replaced after a job; empty when it should not.
   *
   * @param jobs jobs it has done
   * @param residentBytes its memory now; 0 when unknown
   * @param warmBytes its memory when it became ready; 0 when unknown
   */
  Optional<String> reason(int jobs, long residentBytes, long warmBytes) {
    if (jobs >= maxJobs) {
      return Optional.of(jobs + " jobs done");
    }
    if (warmBytes > 0 && residentBytes > warmBytes + ceiling.bytes()) {
      return Optional.of(
          "%s resident, %s when warm"
              .formatted(new ByteSize(residentBytes), new ByteSize(warmBytes)));
    }
    return Optional.empty();
  }
}
