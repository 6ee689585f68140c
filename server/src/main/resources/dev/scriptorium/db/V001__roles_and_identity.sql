-- Conventions of this folder
--
-- * Names are unqualified: everything lives in the schema scriptorium, first in every role's search
--   path. Tables are singular and snake_case; instants are timestamptz and end in _at.
-- * Migrations run as scriptorium_owner. The server works as scriptorium_api (calls of apps) and
--   scriptorium_scheduler (the system itself: jobs, sweeping, keys); both get select, insert, update
--   and delete on every new table by the default privileges below. Revoke what a table never needs,
--   for example update and delete on an append-only one.
-- * A table whose rows belong to somebody has a column
--       owner_id uuid not null references account (id)
--   and its migration ends with
--       select protect('the_table');
--   Then scriptorium_api sees and writes only rows of the owner that the transaction has named (none
--   without), and scriptorium_scheduler sees all. A test fails for a table that has the column and
--   is not protected.
-- * A version is never edited once it has been released; expand first, contract a version later.

-- The owner that the transaction has named; null when it has not. The setting is an empty string,
-- not absent, once some earlier transaction of the session has set it.
create function current_owner() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('scriptorium.owner', true), '')::uuid;

-- Row-level security for a table with owner_id. Forced, so that it binds the tables' owner too, who
-- then needs a policy for migrations that change rows.
create function protect(target regclass) returns void
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
        'create policy own_rows on %s to scriptorium_api using (owner_id = current_owner())', target);
    execute format(
        'create policy all_rows on %s to scriptorium_scheduler, scriptorium_owner using (true)', target);
end
$$;
revoke execute on function protect(regclass) from public;

grant usage on schema scriptorium to scriptorium_api, scriptorium_scheduler;
alter default privileges in schema scriptorium
    grant select, insert, update, delete on tables to scriptorium_api, scriptorium_scheduler;
alter default privileges in schema scriptorium
    grant usage on sequences to scriptorium_api, scriptorium_scheduler;

-- Somebody who owns books: a reader, a household, or the operator.
create table account (
    id uuid primary key,
    name text not null unique check (name <> ''),
    created_at timestamptz not null default now()
);
alter table account enable row level security;
alter table account force row level security;
create policy own_rows on account to scriptorium_api using (id = current_owner());
create policy all_rows on account to scriptorium_scheduler, scriptorium_owner using (true);

-- A credential. The secret itself is never stored.
create table api_key (
    id text primary key check (id ~ '^[0-9A-Za-z]{8}$'),
    owner_id uuid not null references account (id) on delete cascade,
    role text not null check (role in ('READER', 'LIBRARIAN', 'OPERATOR', 'WORKER')),
    secret_sha256 bytea not null check (octet_length(secret_sha256) = 32),
    label text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);
create index api_key_owner on api_key (owner_id);
select protect('api_key');
