package dev.scriptorium.server.catalog;

import org.jdbi.v3.core.Handle;

/**
 * Takes up the words of new titles, for those that are mistyped in a search. Words of books that
 * are gone stay with their owner: they find nothing, and cost a comparison. Thread-safe.
 */
final class TitleWordStore {
  private static final int BATCH = 1000;

  // In the order of the words: servers that do this at the same time wait for each other, never in
  // a circle. Numbers are not mistyped words.
  private static final String TAKE_UP =
      """
      with taken as (
        delete from title_queue
        where queue_id in (
          select queue_id from title_queue order by queue_id limit :batch for update skip locked)
        returning owner_id, words),
      added as (
        insert into title_word (owner_id, word)
        select distinct t.owner_id, w.word
        from taken t
        cross join lateral unnest(tsvector_to_array(t.words)) as w (word)
        where length(w.word) between 3 and 50 and w.word !~ '[0-9]'
        order by 1, 2
        on conflict do nothing)
      select count(*) from taken
      """;

  /**
   * Takes up a batch. For a role that sees all owners.
   *
   * @return false when nothing waits
   */
  boolean takeUp(Handle handle) {
    return handle.createQuery(TAKE_UP).bind("batch", BATCH).mapTo(Long.class).one() > 0;
  }
}
