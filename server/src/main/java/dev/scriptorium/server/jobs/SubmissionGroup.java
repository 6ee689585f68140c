package dev.scriptorium.server.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Requests that are written in one transaction, all or none of them. Used once, by one thread. */
final class SubmissionGroup {
  private final Enqueuer queue;
  private final SubmissionStore store;
  private final List<Request> requests;
  private Enqueuer.@Nullable Batch batch;

  /**
   * Jobs that somebody wants to be added.
   *
   * @param id by which a repeated request is known, with an empty key when it has none
   */
  record Request(OwnedKey id, List<NewJob> jobs) {
    boolean hasId() {
      return !id.key().isEmpty();
    }
  }

  /**
   * @param requests no two with the same id
   */
  SubmissionGroup(Enqueuer queue, SubmissionStore store, List<Request> requests) {
    this.queue = queue;
    this.store = store;
    this.requests = requests;
  }

  /**
   * Writes them.
   *
   * @return the ids of the jobs of every request
   * @throws UniqueJobs.TakenException when somebody else is just adding one of them
   */
  List<List<Long>> write(Handle handle) {
    Map<OwnedKey, List<Long>> earlier = earlier(handle);
    List<Request> fresh =
        requests.stream().filter(request -> !earlier.containsKey(request.id())).toList();
    List<List<Long>> added = fresh.isEmpty() ? List.of() : add(handle, fresh);
    List<List<Long>> answers = new ArrayList<>(requests.size());
    int next = 0;
    for (Request request : requests) {
      List<Long> known = earlier.get(request.id());
      answers.add(known == null ? added.get(next++) : known);
    }
    return answers;
  }

  private Map<OwnedKey, List<Long>> earlier(Handle handle) {
    Set<OwnedKey> ids =
        requests.stream()
            .filter(Request::hasId)
            .map(Request::id)
            .collect(Collectors.toUnmodifiableSet());
    return ids.isEmpty() ? Map.of() : store.find(handle, ids);
  }

  private List<List<Long>> add(Handle handle, List<Request> fresh) {
    List<NewJob> jobs = joined(fresh);
    Set<OwnedKey> keys = UniqueJobs.keys(jobs);
    UniqueJobs unique =
        new UniqueJobs(jobs, keys.isEmpty() ? Map.of() : store.unfinished(handle, keys));
    Enqueuer.Batch written = queue.enqueue(handle, unique.fresh());
    batch = written;
    if (!keys.isEmpty() && !store.reserve(handle, UniqueJobs.reserved(written.jobs()))) {
      throw new UniqueJobs.TakenException();
    }
    List<List<Long>> ids = parted(unique.ids(written.jobs()), fresh);
    remember(handle, fresh, ids);
    return ids;
  }

  // What waits for the n-th job of its request waits for one further down among all of them.
  private static List<NewJob> joined(List<Request> requests) {
    if (requests.size() == 1) {
      return requests.getFirst().jobs();
    }
    List<NewJob> all = new ArrayList<>();
    for (Request request : requests) {
      int before = all.size();
      for (NewJob job : request.jobs()) {
        all.add(
            job.withAfter(job.after().stream().map(ref -> ref > 0 ? ref : ref - before).toList()));
      }
    }
    return all;
  }

  private static List<List<Long>> parted(List<Long> ids, List<Request> requests) {
    List<List<Long>> parts = new ArrayList<>(requests.size());
    int from = 0;
    for (Request request : requests) {
      int to = from + request.jobs().size();
      parts.add(List.copyOf(ids.subList(from, to)));
      from = to;
    }
    return parts;
  }

  private void remember(Handle handle, List<Request> fresh, List<List<Long>> ids) {
    Map<OwnedKey, List<Long>> named = new HashMap<>();
    for (int i = 0; i < fresh.size(); i++) {
      if (fresh.get(i).hasId()) {
        named.put(fresh.get(i).id(), ids.get(i));
      }
    }
    if (!named.isEmpty()) {
      store.insert(handle, named);
    }
  }

  /** To be called right after the commit: the jobs may run. */
  void committed() {
    if (batch != null) {
      batch.committed();
    }
  }

  /** To be called when the transaction did not commit, or may not have. */
  void abandoned() {
    if (batch != null) {
      batch.abandoned();
    }
  }
}
