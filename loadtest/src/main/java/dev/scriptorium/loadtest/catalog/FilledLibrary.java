package dev.scriptorium.loadtest.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Fills the tables of a server's database with a library as a long-lived server has it: books with
 * files, stages, packs and chapters, words of their texts, places and steps of readers. The rows
 * are made in Postgres itself; the packs they name are not there, so nothing of these books can be
 * read but what the database knows.
 */
public final class FilledLibrary {
  /**
   * How much.
   *
   * @param books of the owner; one in ten more belongs to somebody else
   * @param chapters of each book
   * @param steps in the log of progress, of all books together
   */
  public record Extent(int books, int chapters, int steps) {
    /** 150,000 books, 3 million chapters, 5 million steps. */
    public static final Extent FULL = new Extent(150_000, 20, 5_000_000);
  }

  private static final String WORDS =
      """
      array['river','shadow','winter','garden','stone','letter','captain','island','mirror','lantern',
        'forest','harbour','daughter','empire','silence','thunder','orchard','cathedral','voyage',
        'memory','ashes','crown','desert','violin','market','bridge','signal','glass','falcon',
        'meadow','prophet','salt','tower','whisper','horizon','copper','saffron','midnight','anchor',
        'cinder','compass','drifting','ember','fable','granite','hollow','ivory','juniper','keeper',
        'labyrinth','marble','nocturne','oracle','pilgrim','quarry','raven','sparrow','tempest',
        'umber','vessel','willow','yonder','zephyr','Brontë','Müller','Dvořák','García','Østergaard']
      """;

  private final Connection connection;
  private final UUID owner;

  /**
   * @param connection as superuser, schema {@code scriptorium} first in its path
   * @param owner whose library it becomes
   */
  public FilledLibrary(Connection connection, UUID owner) {
    this.connection = connection;
    this.owner = owner;
  }

  /** Fills, and lets Postgres look at what there is now. */
  public void fill(Extent extent) throws SQLException {
    execute("set maintenance_work_mem = '512MB'; set synchronous_commit = off");
    execute(
        "create temp table word as select w, n from unnest("
            + WORDS
            + ") with ordinality as x (w, n)");
    // Ids as the server makes them: the time first, a minute between two books.
    execute(
        """
        create temp table filled as
          select (lpad(to_hex(1600000000000 + n::bigint * 60000), 12, '0') || '7' ||
              lpad(to_hex(n % 4096), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid as book_id,
            case when n <= BOOKS then 'OWNER'::uuid else 'OTHER'::uuid end as owner_id, n
          from generate_series(1, ALL) as s (n)
        """
            .replace("BOOKS", Integer.toString(extent.books()))
            .replace("ALL", Integer.toString(extent.books() + extent.books() / 10))
            .replace("OWNER", owner.toString())
            .replace("OTHER", UUID.randomUUID().toString()));
    execute(
        "insert into account (id, name, created_at) select distinct owner_id, 'other ' || owner_id,"
            + " now() from filled where owner_id <> '"
            + owner
            + "'");
    books();
    chapters(extent);
    progress(extent);
    collections();
    execute("drop table filled; drop table word");
    execute("analyze");
  }

  private void books() throws SQLException {
    execute(
        """
        insert into book (book_id, owner_id, title, contributor_name, contributor_role,
            contributor_file_as, language, series, page_count, chapter_count, word_count, code_points,
            created_at, updated_at)
          select f.book_id, f.owner_id,
            'The ' || a.w || ' of the ' || b.w || ' ' || f.n, array[initcap(c.w) || ' ' || initcap(d.w)],
            array['aut'], array[initcap(d.w) || ', ' || initcap(c.w)], array['en'],
            case when f.n % 10 = 0 then initcap(a.w) || ' cycle' else '' end,
            300, 20, 20 * (2000 + f.n % 3000), 20 * 15000, now(), now()
          from filled f
          join word a on a.n = 1 + f.n * 7 % 68
          join word b on b.n = 1 + f.n * 13 / 3 % 68
          join word c on c.n = 1 + f.n / 11 % 68
          join word d on d.n = 1 + f.n / 7 % 68
        """);
    execute(
        """
        insert into book_file (book_id, owner_id, sha256, size_bytes, file_name, media_type)
          select book_id, owner_id, encode(sha256(('file ' || n)::bytea), 'hex'), 500000,
            n || '.epub', 'application/epub+zip' from filled;
        insert into book_stage (book_id, tier, owner_id, state, ended_at)
          select book_id, t, owner_id, 'DONE', now() from filled, generate_series(1, 3) as t;
        insert into book_pack (book_id, tier, owner_id, sha256, size_bytes)
          select book_id, 2, owner_id, encode(sha256(('pack ' || n)::bytea), 'hex'), 300000 from filled
        """);
  }

  private void chapters(Extent extent) throws SQLException {
    execute(
        """
        insert into chapter (book_id, ordinal, owner_id, title, source, word_count, code_points,
            start_offset, language, linear, first_page, last_page, pack_offset, pack_length, sha256)
          select book_id, c, owner_id, 'Chapter ' || c, 'chapter-' || c || '.xhtml', 2500, 15000,
            (c - 1) * 15000, '', true, 0, 0, 4 + c * 5000, 5000, md5(n || ' ' || c)
          from filled, generate_series(1, %1$d) as c
        """
            .formatted(extent.chapters()));
    // A chapter's words, as many as tell one from the other; whole texts would fill the disk.
    execute(
        """
        insert into chapter_text (book_id, ordinal, start_offset, owner_id, end_offset, language,
            words)
          select book_id, c, 0, owner_id, 15000, 'en',
            array_to_tsvector(array['filler' || (n * 31 + c) % 5000, 'filler' || (n + c * 17) % 5000,
              'filler' || (n * 7 + c * 3) % 500, 'chapter'])
          from filled, generate_series(1, CHAPTERS) as c
        """
            .replace("CHAPTERS", Integer.toString(extent.chapters())));
  }

  private void progress(Extent extent) throws SQLException {
    int each = Math.max(1, extent.steps() / extent.books());
    execute(
        """
        insert into progress_event (owner_id, book_id, device, base_revision, revision, book_offset,
            event_at, received_at, policy, outcome, request_hash)
          select owner_id, book_id, 'phone', s - 1, s, s * 100, now() - make_interval(mins => %1$d - s),
            now(), 'ASK', 'APPLIED', 'x'
          from filled, generate_series(1, %1$d) as s;
        insert into progress_device_head (owner_id, book_id, device, event_id, revision, book_offset,
            event_at)
          select owner_id, book_id, 'phone', 1, %1$d, %1$d * 100, now() from filled;
        insert into progress_head (owner_id, book_id, event_id, revision, book_offset, device,
            event_at, updated_at)
          select owner_id, book_id, 1, %1$d, %1$d * 100, 'phone', now(), now() from filled
        """
            .formatted(each));
  }

  // Of the owner 500 with 300 books each; of the other one 2,500; each shared with one of 200
  // readers.
  private void collections() throws SQLException {
    execute(
        """
        insert into account (id, name)
          select gen_random_uuid(), 'reader ' || n from generate_series(1, 200) as s (n);
        create temp table shelf as
          select gen_random_uuid() as collection_id, o.owner_id, n
          from generate_series(1, 3000) as s (n)
          join (select owner_id, row_number() over (order by count(*) desc) as place
            from filled group by owner_id) o on o.place = case when n <= 500 then 1 else 2 end;
        insert into collection (collection_id, owner_id, title, created_at, updated_at)
          select collection_id, owner_id, 'Collection ' || n, now(), now() from shelf;
        insert into collection_book (collection_id, book_id, owner_id, place, added_at)
          select s.collection_id, f.book_id, f.owner_id, f.n, now()
          from filled f
          join shelf s on s.owner_id = f.owner_id and mod(s.n, 500) = mod(f.n, 500);
        insert into collection_share (collection_id, reader_id, owner_id, created_at)
          select s.collection_id, a.id, s.owner_id, now()
          from shelf s
          join (select id, row_number() over () as n from account where name like 'reader %') a
            on mod(s.n, 200) = mod(a.n, 200);
        drop table shelf
        """);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
