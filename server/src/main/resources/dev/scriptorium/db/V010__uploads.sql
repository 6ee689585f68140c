-- Files that arrive in pieces, over calls, connections and restarts.

create table upload (
    upload_id uuid primary key,
    owner_id uuid not null references account (id),
    request_id uuid,
    file_name text not null,
    size_bytes bigint not null check (size_bytes > 0),
    -- As declared; empty when it was not.
    sha256 text not null,
    -- So many bytes are durable. Written after the bytes, so that it never promises too much.
    committed bigint not null default 0 check (committed between 0 and size_bytes),
    -- The server in whose blob folder the bytes lie.
    server text not null,
    -- Set once all bytes are there and right, before they become a blob.
    content text,
    media_type text not null default '',
    -- What became of it.
    book_id uuid,
    duplicate boolean not null default false,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    finished_at timestamptz,
    check ((finished_at is null) = (book_id is null))
);
create index upload_owner on upload (owner_id, upload_id);
create index upload_open on upload (owner_id, upload_id) include (size_bytes) where finished_at is null;
create unique index upload_request on upload (owner_id, request_id) where request_id is not null;
create index upload_expiry on upload (expires_at);
create index upload_content on upload (content) where content is not null;
select protect('upload');
