-- Collections of books, which are shared as a whole, and reading in books of somebody else.

create table collection (
    collection_id uuid primary key,
    owner_id uuid not null references account (id),
    -- Counts the changes of this row and of the books in it; the etag.
    revision bigint not null default 1,
    title text not null check (title <> ''),
    description text not null default '',
    -- Kept by a trigger, because books also leave when they are purged.
    book_count integer not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (collection_id, owner_id)
);
create index collection_list on collection (owner_id, collection_id);

-- Names the owner with the book: a collection holds its owner's books alone, so that sharing it gives
-- nothing on that was shared with its owner.
create table collection_book (
    collection_id uuid not null,
    book_id uuid not null,
    owner_id uuid not null,
    -- Where it stands among the others; with holes.
    place bigint not null,
    added_at timestamptz not null,
    primary key (collection_id, book_id),
    foreign key (collection_id, owner_id) references collection (collection_id, owner_id) on delete cascade,
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
create index collection_book_place on collection_book (owner_id, collection_id, place);
create index collection_book_book on collection_book (book_id, collection_id) include (owner_id);

-- That reader_id may read whatever is in a collection.
create table collection_share (
    collection_id uuid not null,
    reader_id uuid not null references account (id) on delete cascade,
    owner_id uuid not null,
    created_at timestamptz not null,
    primary key (collection_id, reader_id),
    foreign key (collection_id, owner_id) references collection (collection_id, owner_id) on delete cascade,
    check (owner_id <> reader_id)
);
create index collection_share_reader on collection_share (reader_id, collection_id);
create index collection_share_owner on collection_share (owner_id, collection_id, reader_id);

select protect('collection');
select protect('collection_book');
select protect('collection_share');
create policy with_me on collection_share for select to scriptorium_api
    using (reader_id = current_owner());

-- As those of other tables: steps of many readers are taken in one transaction.
create policy group_rows on share for select to scriptorium_api
    using (reader_id = any ((select current_owners())::uuid[]));
create policy group_rows on collection_share for select to scriptorium_api
    using (reader_id = any ((select current_owners())::uuid[]));

-- What others share with these readers, as far as the transaction is theirs. Policies ask for it once a
-- statement, and then look up each row by its book.
create function shared_collections(readers uuid[]) returns uuid[]
    language sql stable parallel safe
    return array(select s.collection_id from collection_share s where s.reader_id = any (readers));

create policy with_me on collection for select to scriptorium_api
    using (collection_id = any ((select shared_collections(array[current_owner()]))::uuid[]));
create policy with_me on collection_book for select to scriptorium_api
    using (collection_id = any ((select shared_collections(array[current_owner()]))::uuid[]));
create policy group_rows on collection_book for select to scriptorium_api
    using (collection_id = any ((select shared_collections(current_owners()))::uuid[]));

-- As before, and now also by way of a collection. In statements about many books, where the caller's own
-- are the rule, this asks only for the others:
--     (b.owner_id = :owner or b.owner_id = readable_owner(b.book_id, :owner))
create or replace function readable_owner(book uuid, caller uuid) returns uuid
    language sql stable parallel safe
    return coalesce(
        (select s.owner_id from share s where s.book_id = book and s.reader_id = caller),
        (select m.owner_id
           from collection_share c
           join collection_book m on m.collection_id = c.collection_id and m.book_id = book
          where c.reader_id = caller
          limit 1),
        caller);

-- Lets readers of a shared book see its rows of a table, and not change them; shared by itself, or with
-- a collection. Postgres asks a table's policies from the last name to the first and stops at the first that
-- holds: so that rows of one's own cost no look-up, what is borrowed comes after own_rows and group_rows.
create or replace function protect_shared(target regclass) returns void
    language plpgsql as $$
begin
    execute format(
        'create policy borrowed_rows on %1$s for select to scriptorium_api using (exists ('
        'select from share s where s.book_id = %1$s.book_id and s.reader_id = current_owner()))',
        target);
    execute format(
        'create policy borrowed_in_collection_rows on %1$s for select to scriptorium_api using (exists ('
        'select from collection_book m where m.book_id = %1$s.book_id and m.collection_id = any ('
        '(select shared_collections(array[current_owner()]))::uuid[])))',
        target);
end
$$;

do $$
declare
    target regclass;
begin
    for target in
        select c.oid::regclass from pg_policy p join pg_class c on c.oid = p.polrelid
        where p.polname = 'shared_rows'
    loop
        execute format('drop policy shared_rows on %s', target);
        perform protect_shared(target);
    end loop;
end
$$;

-- What a step asks of its book.
do $$
declare
    target text;
begin
    foreach target in array array['book', 'chapter'] loop
        execute format(
            'create policy group_borrowed_rows on %1$s for select to scriptorium_api using (exists ('
            'select from share s where s.book_id = %1$s.book_id'
            ' and s.reader_id = any ((select current_owners())::uuid[])))',
            target);
        execute format(
            'create policy group_borrowed_in_collection_rows on %1$s for select to scriptorium_api using (exists ('
            'select from collection_book m where m.book_id = %1$s.book_id and m.collection_id = any ('
            '(select shared_collections(current_owners()))::uuid[])))',
            target);
    end loop;
end
$$;

-- Books come and go by one statement for many, and by purges: the collection counts each time.
create function count_collection_books() returns trigger
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
begin
    update collection c
       set book_count = c.book_count + case tg_op when 'INSERT' then n.books else -n.books end,
           revision = c.revision + 1
      from (select collection_id, count(*)::integer as books from changed group by collection_id) n
     where c.collection_id = n.collection_id;
    return null;
end
$$;
revoke execute on function count_collection_books() from public;
create trigger count_more after insert on collection_book referencing new table as changed
    for each statement execute function count_collection_books();
create trigger count_fewer after delete on collection_book referencing old table as changed
    for each statement execute function count_collection_books();

select announce('collection', 'COLLECTION', $q$'collections/' || r.collection_id$q$, 'r.revision',
    'false');

-- Readers of a shared book search in it, too.
select protect_shared('chapter_text');

create or replace function search_texts(query text, book uuid, most integer, skipped integer)
    returns table (book_id uuid, ordinal integer, start_offset integer, end_offset integer,
        language text, score real)
    language plpgsql stable security definer set search_path = scriptorium, public, pg_temp
    set enable_seqscan = off as $$
#variable_conflict use_column
declare
    wanted tsquery := text_query(query);
    readable uuid;
begin
    if book is not null then
        readable := readable_owner(book, current_owner());
        return query
            select t.book_id, t.ordinal, t.start_offset, t.end_offset, t.language,
                ts_rank(t.words, wanted, 1) as score
            from chapter_text t
            where t.book_id = book and t.owner_id = readable and t.words @@ wanted
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
