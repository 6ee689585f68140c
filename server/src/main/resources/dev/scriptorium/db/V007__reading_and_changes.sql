-- Progress that is written in groups, annotations, sessions, goals, and the feed of changes.

-- Steps of many readers are committed together. The transaction names all of them, and sees the rows
-- of nobody else. Null when it names none.
create function current_owners() returns uuid[]
    language sql stable parallel safe
    return nullif(current_setting('scriptorium.owners', true), '')::uuid[];

-- The list is read once a statement, not once a row.
create policy group_rows on book to scriptorium_api
    using (owner_id = any ((select current_owners())::uuid[]));
create policy group_rows on chapter to scriptorium_api
    using (owner_id = any ((select current_owners())::uuid[]));
create policy group_rows on progress_event to scriptorium_api
    using (owner_id = any ((select current_owners())::uuid[]));
create policy group_rows on progress_device_head to scriptorium_api
    using (owner_id = any ((select current_owners())::uuid[]));
create policy group_rows on progress_head to scriptorium_api
    using (owner_id = any ((select current_owners())::uuid[]));

-- A step wrote to its book's row, to lock it for the foreign key. What goes with a book is deleted by
-- a trigger instead, which also lets a reader have progress in a book of somebody else.
do $$
declare
    found record;
begin
    for found in
        select conrelid::regclass as target, conname from pg_constraint
        where contype = 'f' and conrelid in ('progress_event'::regclass,
            'progress_device_head'::regclass, 'progress_head'::regclass)
    loop
        execute format('alter table %s drop constraint %I', found.target, found.conname);
    end loop;
end
$$;

drop index progress_event_book;
create index progress_event_book on progress_event (book_id, owner_id, event_id);
create index progress_head_book on progress_head (book_id);
alter table progress_device_head drop constraint progress_device_head_pkey;
alter table progress_device_head add primary key (book_id, owner_id, device);

-- When the reader first came to the end; reading the book again does not take it away.
alter table progress_head add column finished_at timestamptz;
create index progress_head_finished on progress_head (owner_id, finished_at)
    where finished_at is not null;

-- Heads are written again and again and no index changes: leave room on their pages.
alter table progress_head set (fillfactor = 70);
alter table progress_device_head set (fillfactor = 70);

-- A mark in a book. A deleted one stays for a while, so that other devices hear of it.
create table annotation (
    annotation_id uuid not null,
    owner_id uuid not null,
    book_id uuid not null,
    -- Counts the changes of this row; the etag.
    revision bigint not null,
    type text not null check (type in ('BOOKMARK', 'HIGHLIGHT', 'NOTE')),
    start_offset bigint not null check (start_offset >= 0),
    end_offset bigint not null,
    -- Finds the place again in other text.
    exact text not null,
    prefix text not null,
    suffix text not null,
    -- SHA-256 of the pack whose text the offsets count; empty when there was none.
    edition text not null,
    anchor text not null check (anchor in ('EXACT', 'MOVED', 'LOST')),
    color text not null,
    note text not null,
    tag text[] not null,
    -- Who edited what last, and when by their clock: place, style, note, tags, deletion.
    edited_at timestamptz[] not null check (cardinality(edited_at) = 5),
    edited_revision bigint[] not null check (cardinality(edited_revision) = 5),
    edited_device text[] not null check (cardinality(edited_device) = 5),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    primary key (owner_id, annotation_id),
    check (end_offset >= start_offset)
);
create index annotation_place on annotation (owner_id, book_id, start_offset, annotation_id);
create index annotation_book on annotation (book_id);
create index annotation_gone on annotation (deleted_at) where deleted_at is not null;
select protect('annotation');

-- Time that was spent reading. Kept when the book is purged: it was read.
create table reading_session (
    owner_id uuid not null,
    session_id uuid not null,
    book_id uuid not null,
    device text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null check (ended_at > started_at),
    start_offset bigint not null,
    end_offset bigint not null,
    received_at timestamptz not null,
    primary key (owner_id, session_id)
);
create index reading_session_time on reading_session (owner_id, started_at, session_id);
select protect('reading_session');

-- The same by quarters of an hour: every time zone's days are made of whole quarters.
create table reading_quarter (
    owner_id uuid not null,
    quarter_at timestamptz not null,
    book_id uuid not null,
    millis bigint not null,
    code_points bigint not null,
    primary key (owner_id, quarter_at, book_id)
);
select protect('reading_quarter');

-- What a reader wants to do.
create table reading_goal (
    owner_id uuid primary key,
    revision bigint not null,
    daily_seconds integer not null check (daily_seconds between 0 and 86400),
    books_per_year integer not null check (books_per_year between 0 and 10000),
    updated_at timestamptz not null
);
select protect('reading_goal');

-- What has changed, a row for each resource and transaction. Numbers of a sequence are handed out in
-- another order than transactions commit in, so a reader of "everything above N" would miss rows. Here
-- the order is that of transaction ids, and readers stay below the oldest transaction that is under
-- way: nothing can appear there any more. Writers wait for nobody.
create table change (
    owner_id uuid not null,
    tx xid8 not null default pg_current_xact_id(),
    name text collate "C" not null check (name <> ''),
    kind text not null,
    revision bigint not null,
    removed boolean not null,
    changed_at timestamptz not null default now(),
    primary key (owner_id, tx, name)
) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);
create index change_age on change using brin (changed_at);
select protect('change');

-- Up to which transaction changes may have been forgotten, itself included. The epoch changes when the order starts
-- anew: a database that was copied into another cluster counts its transactions from elsewhere.
create table change_floor (
    one boolean primary key default true check (one),
    epoch uuid not null default gen_random_uuid(),
    cluster bigint not null default 0,
    tx xid8 not null default '0'
);
insert into change_floor default values;

-- Only the triggers below write changes; the scheduler forgets old ones.
revoke insert, update, delete on change, change_floor from scriptorium_api, scriptorium_scheduler;
grant delete on change to scriptorium_scheduler;
grant update on change_floor to scriptorium_scheduler;

-- Writes a row for everything that a statement has changed. Arguments: kind, and expressions over a
-- row r for name, revision, and whether it counts as removed.
create function record_changes() returns trigger
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
begin
    execute format(
        'insert into change (owner_id, name, kind, revision, removed) '
        'select r.owner_id, %1$s, %2$L, %3$s, %4$s from changed r %5$s '
        'on conflict (owner_id, tx, name) do update set revision = excluded.revision, '
        'removed = excluded.removed',
        tg_argv[1], tg_argv[0], tg_argv[2],
        case tg_op when 'DELETE' then 'true' else tg_argv[3] end,
        case tg_op when 'DELETE' then 'where not (' || tg_argv[3] || ')' else '' end);
    return null;
end
$$;
revoke execute on function record_changes() from public;

-- Lets all that happens to a table's rows appear in the feed of their owner, in the transaction that
-- does it. The table has owner_id. To be called in the migration that makes the table:
--     select announce('shelf', 'SHELF', $q$'shelves/' || r.shelf_id$q$, 'r.revision', 'false');
-- A row that was removed already and is deleted then is not told of again.
create function announce(target regclass, kind text, name text, revision text, removed text)
    returns void
    language plpgsql as $$
declare
    event text;
begin
    foreach event in array array['insert', 'update', 'delete'] loop
        execute format(
            'create trigger record_%1$s after %1$s on %2$s referencing %3$s table as changed '
            'for each statement execute function record_changes(%4$L, %5$L, %6$L, %7$L)',
            event, target, case event when 'delete' then 'old' else 'new' end, kind, name, revision,
            removed);
    end loop;
end
$$;
revoke execute on function announce(regclass, text, text, text, text) from public;

select announce('book', 'BOOK', $q$'books/' || r.book_id$q$, 'r.revision',
    'r.deleted_at is not null');
select announce('progress_head', 'PROGRESS', $q$'books/' || r.book_id || '/progress'$q$, 'r.revision',
    'false');
select announce('annotation', 'ANNOTATION',
    $q$'books/' || r.book_id || '/annotations/' || r.annotation_id$q$, 'r.revision',
    'r.deleted_at is not null');
select announce('reading_goal', 'GOAL', $q$'readingGoal'$q$, 'r.revision', 'false');

-- What readers made in a book goes with it.
create function forget_book() returns trigger
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
begin
    delete from progress_event where book_id in (select book_id from gone);
    delete from progress_device_head where book_id in (select book_id from gone);
    delete from progress_head where book_id in (select book_id from gone);
    delete from annotation where book_id in (select book_id from gone);
    return null;
end
$$;
revoke execute on function forget_book() from public;
create trigger forget after delete on book referencing old table as gone
    for each statement execute function forget_book();

-- All that a reader has done, for good: when an account is deleted.
create function forget_reader(reader uuid) returns void
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
begin
    delete from progress_event e using progress_head h
        where h.owner_id = reader and e.book_id = h.book_id and e.owner_id = reader;
    delete from progress_device_head d using progress_head h
        where h.owner_id = reader and d.book_id = h.book_id and d.owner_id = reader;
    delete from progress_head where owner_id = reader;
    delete from annotation where owner_id = reader;
    delete from reading_session where owner_id = reader;
    delete from reading_quarter where owner_id = reader;
    delete from reading_goal where owner_id = reader;
    delete from change where owner_id = reader;
end
$$;
revoke execute on function forget_reader(uuid) from public;
grant execute on function forget_reader(uuid) to scriptorium_scheduler;
