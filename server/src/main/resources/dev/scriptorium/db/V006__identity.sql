-- Users with roles, passwords and limits; books that one user lets another read; the record of changes.

alter table account
    add column email text,
    -- What is compared: the address in lower case.
    add column email_folded text unique,
    -- The most that any key of the account may do. Who was there before is the operator.
    add column role text not null default 'OPERATOR' check (role in ('READER', 'LIBRARIAN', 'OPERATOR')),
    -- Argon2id with its parameters and salt; null when there is no password.
    add column password_hash text,
    -- Issuer and subject of an identity provider, for users who come from there.
    add column subject text unique,
    add column disabled_at timestamptz,
    -- Null for no limit.
    add column max_books bigint check (max_books >= 0),
    add column max_bytes bigint check (max_bytes >= 0),
    add check ((email is null) = (email_folded is null));
alter table account alter column role set default 'READER';
-- Asked whether another operator is left.
create index account_operator on account (id) where role = 'OPERATOR' and disabled_at is null;
-- Accounts are the system's to change; the callers' role reads its own.
revoke insert, update, delete on account from scriptorium_api;

alter table api_key add column login boolean not null default false;
create index api_key_list on api_key (owner_id, created_at, id);
drop index api_key_owner;
-- Tokens of logins are swept when they have ended.
create index api_key_login_end on api_key (expires_at) where login;

-- That reader_id may read a book of owner_id.
create table share (
    book_id uuid not null,
    owner_id uuid not null,
    reader_id uuid not null references account (id) on delete cascade,
    created_at timestamptz not null,
    primary key (book_id, reader_id),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade,
    check (owner_id <> reader_id)
);
create index share_reader on share (reader_id, book_id);
create index share_owner on share (owner_id, book_id, reader_id);
select protect('share');
create policy with_me on share for select to scriptorium_api using (reader_id = current_owner());

-- Under which owner the caller reads a book: the one who shares it, else the caller. Statements say
--     owner_id = (select readable_owner(:book, :owner))
-- where reading is enough, which is one look-up a statement; what writes says owner_id = :owner.
create function readable_owner(book uuid, caller uuid) returns uuid
    language sql stable parallel safe
    return coalesce(
        (select s.owner_id from share s where s.book_id = book and s.reader_id = caller), caller);

-- Lets readers of a shared book see its rows of a table, and not change them.
create function protect_shared(target regclass) returns void
    language plpgsql as $$
begin
    execute format(
        'create policy shared_rows on %1$s for select to scriptorium_api using (exists ('
        'select from share s where s.book_id = %1$s.book_id and s.reader_id = current_owner()))',
        target);
end
$$;
revoke execute on function protect_shared(regclass) from public;

select protect_shared('book');
select protect_shared('book_file');
select protect_shared('book_stage');
select protect_shared('book_pack');
select protect_shared('chapter');
select protect_shared('chapter_note');
select protect_shared('book_image');
select protect_shared('contents_entry');
select protect_shared('book_warning');
select protect_shared('source_position');
select protect_shared('passage');
select protect_shared('entity');
select protect_shared('entity_mention');

-- A reader's place in a shared book belongs to the reader, not to the book's owner.
alter table progress_event drop constraint progress_event_book_id_owner_id_fkey,
    add foreign key (book_id) references book (book_id) on delete cascade;
alter table progress_device_head drop constraint progress_device_head_book_id_owner_id_fkey,
    add foreign key (book_id) references book (book_id) on delete cascade;
alter table progress_head drop constraint progress_head_book_id_owner_id_fkey,
    add foreign key (book_id) references book (book_id) on delete cascade;

-- What was done to users, keys and shares. Only ever added to; names accounts without referring to
-- them, because it outlives them.
create table audit_event (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor_id uuid,
    key_id text not null,
    action text not null,
    target text not null,
    done boolean not null,
    detail text not null
);
revoke all on audit_event from scriptorium_api;
revoke update, delete on audit_event from scriptorium_scheduler;

-- The tables that hold what is somebody's own: those where the owner begins an index, or follows the book
-- in one (by_book: to be reached through the heads of progress). The others hang on a book and were made
-- from its file. The queue's tables know books by id alone and end by themselves.
create function account_table() returns table (name regclass, by_book boolean)
    language sql stable as $$
    select c.oid::regclass, not bool_or(i.indkey[0] = a.attnum)
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'owner_id' and not a.attisdropped
      join pg_attribute b on b.attrelid = c.oid and b.attname = 'book_id' and not b.attisdropped
        or b.attrelid = c.oid and b.attnum = a.attnum
      join pg_index i on i.indrelid = c.oid and (i.indkey[0] = a.attnum
        or i.indkey[0] = b.attnum and i.indkey[1] = a.attnum)
     where c.relnamespace = 'scriptorium'::regnamespace
       and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in ('job', 'job_unique', 'job_schedule', 'submission')
     group by c.oid, c.relname
$$;

-- One table's rows of an account, without secrets. Runs as its caller, whom row-level security binds.
create function export_rows(target regclass, account uuid) returns setof text
    language plpgsql stable as $$
declare
    by_book boolean;
begin
    select t.by_book into strict by_book from account_table() t where t.name = target;
    return query execute format(
        'select jsonb_build_object(''table'', %L, ''row'', to_jsonb(t) - ''secret_sha256'')::text from '
        || case when by_book
            then 'progress_head h join %s t on t.book_id = h.book_id and t.owner_id = h.owner_id'
                ' where h.owner_id = $1'
            else '%s t where t.owner_id = $1' end,
        target::text, target) using account;
end
$$;

-- Deletes an account and all that is left of it once its books are gone. As the tables' owner, because
-- the log of progress is otherwise never deleted from. Last the feed of changes, to which the deletions
-- add.
create function delete_account(target uuid) returns void
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
declare
    owned record;
begin
    for owned in
        select * from account_table() t
        order by t.name::text = 'change', not t.by_book, t.name::text
    loop
        if owned.by_book then
            execute format(
                'delete from %s t using progress_head h where h.owner_id = $1'
                ' and t.book_id = h.book_id and t.owner_id = $1', owned.name) using target;
        else
            execute format('delete from %s where owner_id = $1', owned.name) using target;
        end if;
    end loop;
    delete from account where id = target;
end
$$;
revoke execute on function delete_account(uuid) from public;
grant execute on function delete_account(uuid) to scriptorium_scheduler;
