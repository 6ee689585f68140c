package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.v1.AttemptId;

/** Names an attempt: job numbers differ from server to server, and the token is random. */
record AttemptKey(long job, int attempt, long token) {

  static AttemptKey of(AttemptId id) {
    return new AttemptKey(id.getJob(), id.getAttempt(), id.getToken());
  }
}
