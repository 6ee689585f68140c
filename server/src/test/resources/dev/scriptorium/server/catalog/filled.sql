-- Fills the tables: one owner with 500 books among 4000.
set search_path = scriptorium, public;
-- A vacuum that brings a BRIN index up to date counts as if a statement had read the table.
alter table change set (autovacuum_enabled = false);
create temp table filled as
  select gen_random_uuid() as book_id,
    case when mod(n, 8) = 0 then 'OWNER'::uuid else 'OTHER'::uuid end as owner_id, n
  from generate_series(1, 4000) as s (n);
insert into book (book_id, owner_id, title, created_at, updated_at)
  select book_id, owner_id, 'Book ' || n, now(), now() from filled;
insert into book_file (book_id, owner_id, sha256, size_bytes, file_name, media_type)
  select book_id, owner_id, encode(sha256(n::text::bytea), 'hex'), 1, 'a', 'text/plain'
  from filled;
insert into book_stage (book_id, tier, owner_id, state, ended_at)
  select book_id, t, owner_id, 'DONE', now() from filled, generate_series(1, 3) as t;
insert into book_pack (book_id, tier, owner_id, sha256, size_bytes)
  select book_id, t, owner_id, encode(sha256((n + t * 10000)::text::bytea), 'hex'), 1
  from filled, generate_series(1, 2) as t;
insert into chapter (book_id, ordinal, owner_id, title, source, word_count, code_points,
    start_offset, language, linear, first_page, last_page, pack_offset, pack_length, sha256)
  select book_id, c, owner_id, 'x', 'x', 1, 10, c * 10, '', true, 0, 0, 4, 1, 'x'
  from filled, generate_series(1, 5) as c;
insert into chapter_note (book_id, chapter, ordinal, owner_id, label, reference_offset, body)
  select book_id, c, c, owner_id, '*', 0, 'x' from filled, generate_series(1, 3) as c;
insert into book_image (book_id, tier, resource, owner_id, media_type, width, height,
    pack_offset, pack_length, sha256)
  select book_id, 1, 'cover' || c, owner_id, 'x', 0, 0, 4, 1, 'x'
  from filled, generate_series(1, 3) as c;
insert into contents_entry (book_id, tier, ordinal, owner_id, title, depth, chapter,
    chapter_offset)
  select book_id, 2, c, owner_id, 'x', 0, 1, 0 from filled, generate_series(1, 5) as c;
insert into book_warning (book_id, tier, ordinal, owner_id, reason, place, message)
  select book_id, 2, c, owner_id, 'X', 'x', 'x' from filled, generate_series(1, 3) as c;
insert into source_position (book_id, ordinal, owner_id, chapter, chapter_offset, page_label,
    element_path)
  select book_id, c, owner_id, 1, 0, '', '' from filled, generate_series(1, 5) as c;
insert into passage (book_id, ordinal, owner_id, type, chapter, start_offset, end_offset,
    book_start, book_end, body, rank, confidence, reason)
  select book_id, c, owner_id, 1, 1, c, c + 1, c, c + 1, 'x', c, 0, '{}'
  from filled, generate_series(1, 5) as c;
insert into entity (book_id, ordinal, owner_id, type, display_name, alias, mention_count,
    first_chapter, first_start, first_end)
  select book_id, c, owner_id, 1, 'x' || c, '{}', c, 1, 0, 1
  from filled, generate_series(1, 5) as c;
insert into entity_mention (book_id, entity, ordinal, owner_id, chapter, start_offset,
    end_offset, book_start)
  select book_id, c, 1, owner_id, 1, 0, 1, 0 from filled, generate_series(1, 5) as c;
insert into quotation (book_id, entity, ordinal, owner_id, chapter, start_offset, end_offset,
    book_start, book_end, body)
  select book_id, c, 1, owner_id, 1, 0, 1, 0, 1, 'x' from filled, generate_series(1, 5) as c;
insert into text_facts (book_id, chapter, owner_id, book_end, language, word_count,
    sentence_count, reading_seconds, formula, formula_value, keyword, keyword_count)
  select book_id, c, owner_id, c * 10, 'en', 1, 1, 1, '{}', '{}', '{x}', '{1}'
  from filled, generate_series(0, 5) as c;
insert into progress_event (owner_id, book_id, device, base_revision, revision, book_offset,
    event_at, received_at, policy, outcome, request_id, request_hash)
  select owner_id, book_id, 'phone', 0, 1, 1, now(), now(), 'ASK', 'APPLIED',
    gen_random_uuid(), 'x'
  from filled;
insert into progress_device_head (owner_id, book_id, device, event_id, revision, book_offset,
    event_at)
  select owner_id, book_id, 'phone', 1, 1, 1, now() from filled;
insert into progress_head (owner_id, book_id, event_id, revision, book_offset, device,
    event_at, updated_at)
  select owner_id, book_id, 1, 1, 1, 'phone', now(), now() from filled;
insert into annotation (annotation_id, owner_id, book_id, revision, type, start_offset,
    end_offset, exact, prefix, suffix, edition, anchor, color, note, tag, edited_at,
    edited_revision, edited_device, created_at, updated_at)
  select gen_random_uuid(), owner_id, book_id, 1, 'BOOKMARK', 1, 1, '', '', '', '', 'EXACT', '',
    '', '{}', array_fill(now(), array[5]), array_fill(1::bigint, array[5]),
    array_fill('x'::text, array[5]), now(), now()
  from filled;
insert into reading_session (owner_id, session_id, book_id, device, started_at, ended_at,
    start_offset, end_offset, received_at)
  select owner_id, gen_random_uuid(), book_id, 'x', now() - n * interval '1 hour',
    now() - (n - 0.5) * interval '1 hour', 0, 1, now()
  from filled;
insert into reading_quarter (owner_id, quarter_at, book_id, millis, code_points)
  select owner_id, date_bin('15 minutes', now() - n * interval '1 hour', '2000-01-01'), book_id,
    1, 1
  from filled;
insert into chapter_text (book_id, ordinal, start_offset, owner_id, end_offset, language, words)
  select book_id, c, 0, owner_id, 10, 'en', to_tsvector('simple', 'mill ' || n)
  from filled, generate_series(1, 3) as c;
insert into book_tag (owner_id, book_id, tag)
  select owner_id, book_id, 'tag ' || mod(n, 5) from filled;
insert into book_sketch (book_id, owner_id, least)
  select book_id, owner_id, array(select n * 64 + i from generate_series(1, 64) as i) from filled;
insert into book_band (book_id, owner_id, band)
  select book_id, owner_id, n / 2 * 16 + i from filled, generate_series(1, 16) as i;
insert into upload (upload_id, owner_id, request_id, file_name, size_bytes, sha256, server,
    book_id, created_at, expires_at, finished_at)
  select book_id, owner_id, book_id, 'x', 1, '', 'x', book_id, now(), now() + interval '1 day',
    now()
  from filled;
insert into book_edition (book_id, edition, owner_id, code_points, ended_at)
  select book_id, 'x', owner_id, 1, now() - interval '1 year' from filled;
insert into book_file_history (book_id, sha256, owner_id, size_bytes, file_name, media_type,
    replaced_at)
  select book_id, encode(sha256((n + 50000)::text::bytea), 'hex'), owner_id, 1, 'x', 'x', now()
  from filled;
insert into book_replacement (replacement_id, book_id, owner_id, sha256, size_bytes, file_name,
    media_type, state, created_at, ended_at)
  select book_id, book_id, owner_id, encode(sha256(n::text::bytea), 'hex'), 1, 'x', 'x', 'DONE',
    now(), now()
  from filled;
insert into account (id, name)
  select gen_random_uuid(), 'reader ' || n from generate_series(1, 200) as s (n);
create temp table shelf as
  select gen_random_uuid() as collection_id,
    case when n <= 50 then 'OWNER'::uuid else 'OTHER'::uuid end as owner_id, n
  from generate_series(1, 12000) as s (n);
insert into collection (collection_id, owner_id, title, created_at, updated_at)
  select collection_id, owner_id, 'x', now(), now() from shelf;
insert into collection_book (collection_id, book_id, owner_id, place, added_at)
  select s.collection_id, f.book_id, f.owner_id, f.n, now()
  from filled f
  join shelf s on s.owner_id = f.owner_id and mod(s.n, 3000) = mod(f.n, 3000);
insert into collection_share (collection_id, reader_id, owner_id, created_at)
  select s.collection_id, a.id, s.owner_id, now()
  from shelf s
  join (
    select id, row_number() over () as n from account where name like 'reader %') a
    on mod(s.n, 200) = mod(a.n, 200);
insert into collection_share (collection_id, reader_id, owner_id, created_at)
  select collection_id, 'OWNER'::uuid, owner_id, now() from shelf
  where owner_id = 'OTHER'::uuid and mod(n, 300) = 0;
insert into request (owner_id, method, request_id, request_hash, response, created_at)
  select owner_id, 'x', book_id, 'x', '', now() from filled;
analyze;
