package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.v1.AttemptId;

/** Names an attempt within the worker, its server included: servers number on their own. */
record AttemptKey(String server, long job, int attempt, long token) {

  static AttemptKey of(ServerLink link, AttemptId id) {
    return new AttemptKey(link.address(), id.getJob(), id.getAttempt(), id.getToken());
  }
}
