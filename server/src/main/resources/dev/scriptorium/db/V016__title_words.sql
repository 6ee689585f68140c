-- The words that an owner's books are found by. One that is in no book is looked for among them, by
-- its spelling: they are far fewer than the books, and shorter.

create table title_word (
    owner_id uuid not null references account (id) on delete cascade,
    word text collate "C" not null,
    primary key (owner_id, word)
);
create index title_word_alike on title_word using gin (owner_id, word public.gin_trgm_ops);
select protect('title_word');

-- What is still to be taken up. Rows are only appended here, so that whoever changes a book never
-- waits for somebody else who uses the same words.
create table title_queue (
    queue_id bigint generated always as identity primary key,
    owner_id uuid not null references account (id) on delete cascade,
    words tsvector not null
);
create index title_queue_owner on title_queue (owner_id);
select protect('title_queue');

create function queue_title() returns trigger
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
begin
    insert into title_queue (owner_id, words) values (new.owner_id, new.search_words);
    return null;
end
$$;
revoke execute on function queue_title() from public;
create trigger queue_new_title after insert on book for each row execute function queue_title();
create trigger queue_changed_title after update on book for each row
    when (old.search_words is distinct from new.search_words) execute function queue_title();

insert into title_queue (owner_id, words) select owner_id, search_words from book;

-- Every word with its owner before it: an index on both apart reads all books of the owner for every
-- word. Without places, which are not asked for.
create function owned_words(owner uuid, words tsvector) returns tsvector
    language sql immutable parallel safe
    return (
        select array_to_tsvector(coalesce(array_agg(owner || w.word), '{}'))
        from unnest(tsvector_to_array(words)) as w (word));
create index book_owned_words on book using gin (owned_words(owner_id, search_words))
    where deleted_at is null;
drop index book_search_words;

-- Books with the words, best first; of very many 400 are compared. The query stands there twice: as it
-- is, and with the owner before each word.
drop function search_books_by_words(tsquery, integer);
create function search_books_by_words(query tsquery, owned_query tsquery, most integer)
    returns table (book_id uuid, score real)
    language plpgsql stable security definer set search_path = scriptorium, public, pg_temp
    set enable_seqscan = off as $$
#variable_conflict use_column
begin
    return query
        select s.book_id, ts_rank(s.search_words, query, 2) as score
        from (
            select b.book_id, b.search_words from book b
            where b.owner_id = current_owner() and b.deleted_at is null
              and owned_words(b.owner_id, b.search_words) @@ owned_query
            limit 400) s
        order by score desc, s.book_id desc
        limit most;
end
$$;
revoke execute on function search_books_by_words(tsquery, tsquery, integer) from public;
grant execute on function search_books_by_words(tsquery, tsquery, integer) to scriptorium_api;

-- Words of the caller's books that are spelled like each of the words given, best first.
create function similar_title_words(words text[], most integer)
    returns table (place bigint, word text)
    language plpgsql stable security definer set search_path = scriptorium, public, pg_temp
    set enable_seqscan = off
    set pg_trgm.similarity_threshold = 0.3 as $$
#variable_conflict use_column
begin
    return query
        select q.place, a.word
        from unnest(words) with ordinality q (asked, place)
        cross join lateral (
            select t.word from title_word t
            where t.owner_id = current_owner() and t.word % q.asked
            order by similarity(t.word, q.asked) desc, t.word
            limit most) a
        order by q.place;
end
$$;
revoke execute on function similar_title_words(text[], integer) from public;
grant execute on function similar_title_words(text[], integer) to scriptorium_api;
