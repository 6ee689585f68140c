-- Search in titles and in texts, tags, other orders of the list of books.

do $$
declare
    missing text;
begin
    select string_agg(wanted, ', ') into missing
      from unnest(array['pg_trgm', 'unaccent', 'btree_gin']) as wanted
     where not exists (select from pg_extension where extname = wanted);
    if missing is not null then
        raise exception 'the database lacks extensions: % (create extension … schema public)', missing;
    end if;
end
$$;

-- Letters without case and accents. Declared immutable: the rules of unaccent are those of the
-- database's installation.
create function fold(text) returns text
    language sql immutable strict parallel safe
    return lower(public.unaccent('public.unaccent'::regdictionary, $1));

-- What a book is found by: title, people, series.
create function book_words(title text, people text[], series text) returns text
    language sql immutable parallel safe
    return fold(title || ' ' || array_to_string(people, ' ') || ' ' || series);

alter table book
    add column search_text text not null
        generated always as (book_words(title, contributor_name, series)) stored,
    add column search_words tsvector not null
        generated always as (to_tsvector('simple', book_words(title, contributor_name, series))) stored,
    -- In byte order, which is the same on every machine, so that page tokens stay good. Cut, because a
    -- key of an index has a limit.
    add column title_key text collate "C" not null
        generated always as (left(fold(title), 200)) stored,
    add column author_key text collate "C" not null
        generated always as (left(fold(coalesce(nullif(contributor_file_as[1], ''),
            contributor_name[1], '')), 200)) stored,
    add column genre text[] not null default '{}';

create index book_search_words on book using gin (owner_id, search_words) where deleted_at is null;
create index book_search_text on book using gin (owner_id, search_text public.gin_trgm_ops)
    where deleted_at is null;
create index book_title on book (owner_id, title_key, book_id) where deleted_at is null;
create index book_author on book (owner_id, author_key, book_id) where deleted_at is null;
create index book_words_order on book (owner_id, word_count, book_id) where deleted_at is null;

-- How a language is cut into words. Stems after accents are folded, so that both spellings meet.
do $$
declare
    language text;
begin
    foreach language in array array['danish', 'dutch', 'english', 'finnish', 'french', 'german',
        'hungarian', 'italian', 'norwegian', 'portuguese', 'romanian', 'russian', 'spanish',
        'swedish', 'turkish']
    loop
        execute format('create text search configuration folded_%1$s (copy = pg_catalog.%1$s)', language);
        execute format('alter text search configuration folded_%1$s '
            'alter mapping for hword, hword_part, word with public.unaccent, %1$s_stem', language);
    end loop;
    create text search configuration folded_simple (copy = pg_catalog.simple);
    alter text search configuration folded_simple
        alter mapping for hword, hword_part, word with public.unaccent, simple;
end
$$;

-- The configuration for a BCP 47 tag; by words alone where the language has no stemmer.
create function text_config(language text) returns regconfig
    language sql immutable parallel safe
    return case lower(split_part(language, '-', 1))
        when 'da' then 'scriptorium.folded_danish'::regconfig
        when 'nl' then 'scriptorium.folded_dutch'::regconfig
        when 'en' then 'scriptorium.folded_english'::regconfig
        when 'fi' then 'scriptorium.folded_finnish'::regconfig
        when 'fr' then 'scriptorium.folded_french'::regconfig
        when 'de' then 'scriptorium.folded_german'::regconfig
        when 'hu' then 'scriptorium.folded_hungarian'::regconfig
        when 'it' then 'scriptorium.folded_italian'::regconfig
        when 'nb' then 'scriptorium.folded_norwegian'::regconfig
        when 'no' then 'scriptorium.folded_norwegian'::regconfig
        when 'pt' then 'scriptorium.folded_portuguese'::regconfig
        when 'ro' then 'scriptorium.folded_romanian'::regconfig
        when 'ru' then 'scriptorium.folded_russian'::regconfig
        when 'es' then 'scriptorium.folded_spanish'::regconfig
        when 'sv' then 'scriptorium.folded_swedish'::regconfig
        when 'tr' then 'scriptorium.folded_turkish'::regconfig
        else 'scriptorium.folded_simple'::regconfig
    end;

-- Books whose text is to be indexed: those that were parsed since.
create table text_queue (
    book_id uuid primary key,
    owner_id uuid not null,
    queued_at timestamptz not null default now(),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
create index text_queue_age on text_queue (queued_at);
select protect('text_queue');

-- The words of a stretch of a chapter; the text itself lies in the pack.
create table chapter_text (
    book_id uuid not null,
    ordinal integer not null,
    -- First code point of the stretch in the chapter.
    start_offset integer not null,
    owner_id uuid not null,
    end_offset integer not null,
    -- As the book's text was cut into words.
    language text not null,
    words tsvector not null,
    primary key (book_id, ordinal, start_offset),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
create index chapter_text_words on chapter_text using gin (owner_id, words);
select protect('chapter_text');

insert into text_queue (book_id, owner_id)
    select book_id, owner_id from book_pack where tier = 2;

-- The search itself. Postgres uses no index for what is not leakproof behind row-level security, and
-- text search is not; so these run as the tables' owner, who sees all rows, and say themselves whose
-- rows they are: the transaction's, as the policies do. Where very many rows match, reading the table from
-- its beginning would look cheap, whoever's rows stand there.

-- What a user typed, for every way in which texts are cut into words.
create function text_query(query text) returns tsquery
    language sql stable parallel safe
    return (
        select string_agg(distinct '(' || q.form || ')', ' | ')::tsquery
        from (
            select websearch_to_tsquery(c.oid::regconfig, query)::text as form
            from pg_ts_config c
            where c.cfgname like 'folded\_%' and c.cfgnamespace = 'scriptorium'::regnamespace) q
        where q.form <> '');

-- Stretches of text with the words, best first. When very many have them, 400 of them are compared.
create function search_texts(query text, book uuid, most integer, skipped integer)
    returns table (book_id uuid, ordinal integer, start_offset integer, end_offset integer,
        language text, score real)
    language plpgsql stable security definer set search_path = scriptorium, public, pg_temp
    set enable_seqscan = off as $$
#variable_conflict use_column
declare
    wanted tsquery := text_query(query);
begin
    if book is not null then
        return query
            select t.book_id, t.ordinal, t.start_offset, t.end_offset, t.language,
                ts_rank(t.words, wanted, 1) as score
            from chapter_text t
            where t.book_id = book and t.owner_id = current_owner() and t.words @@ wanted
              and exists (select from book b where b.book_id = book and b.deleted_at is null)
            order by score desc, t.ordinal, t.start_offset
            limit most offset skipped;
    else
        return query
            select s.book_id, s.ordinal, s.start_offset, s.end_offset, s.language,
                ts_rank(s.words, wanted, 1) as score
            from (
                select t.* from chapter_text t
                where t.owner_id = current_owner() and t.words @@ wanted
                limit 400) s
            where exists (
                select from book b where b.book_id = s.book_id and b.deleted_at is null)
            order by score desc, s.book_id desc, s.ordinal, s.start_offset
            limit most offset skipped;
    end if;
end
$$;

-- Those of the words that the query means, whatever it says of their order.
create function words_of_query(query text, language text, word text[]) returns setof text
    language sql stable parallel safe as $$
        select w from unnest(word) as w
        where to_tsvector(text_config(language), w) @@ (
            select regexp_replace(replace(text_query(query)::text, '!', ''),
                ' (&|<->|<[0-9]+>) ', ' | ', 'g')::tsquery)
    $$;

-- Books by their beginnings of words, best first.
create function search_books_by_words(query tsquery, most integer)
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
              and b.search_words @@ query
            limit 1000) s
        order by score desc, s.book_id desc
        limit most;
end
$$;

-- Books that are spelled alike, best first.
create function search_books_by_likeness(query text, most integer)
    returns table (book_id uuid, score real)
    language plpgsql stable security definer set search_path = scriptorium, public, pg_temp
    set enable_seqscan = off
    set pg_trgm.word_similarity_threshold = 0.5 as $$
#variable_conflict use_column
begin
    return query
        select s.book_id, word_similarity(query, s.search_text) as score
        from (
            select b.book_id, b.search_text from book b
            where b.owner_id = current_owner() and b.deleted_at is null
              and query <% b.search_text
            limit 1000) s
        order by score desc, s.book_id desc
        limit most;
end
$$;

revoke execute on function search_texts(text, uuid, integer, integer) from public;
revoke execute on function search_books_by_words(tsquery, integer) from public;
revoke execute on function search_books_by_likeness(text, integer) from public;
grant execute on function search_texts(text, uuid, integer, integer) to scriptorium_api;
grant execute on function search_books_by_words(tsquery, integer) to scriptorium_api;
grant execute on function search_books_by_likeness(text, integer) to scriptorium_api;

-- What owners write on their books.
create table book_tag (
    owner_id uuid not null,
    book_id uuid not null,
    tag text collate "C" not null check (tag <> ''),
    primary key (book_id, tag),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
create index book_tag_tag on book_tag (owner_id, tag, book_id);
select protect('book_tag');
