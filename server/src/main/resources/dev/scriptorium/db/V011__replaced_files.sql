-- Files that take the place of others, and texts that a book had before.

-- A text that a book had, to tell how far into it a place was that could not be found again.
create table book_edition (
    book_id uuid not null,
    -- SHA-256 of the pack that held it.
    edition text not null,
    owner_id uuid not null,
    code_points bigint not null check (code_points >= 0),
    ended_at timestamptz not null,
    primary key (book_id, edition),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
select protect('book_edition');
select protect_shared('book_edition');

-- A file that was a book's before; its bytes still find the book.
create table book_file_history (
    book_id uuid not null,
    sha256 text not null,
    owner_id uuid not null,
    size_bytes bigint not null,
    file_name text not null,
    media_type text not null,
    replaced_at timestamptz not null,
    primary key (book_id, sha256),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
create index book_file_history_content on book_file_history (owner_id, sha256, replaced_at);
select protect('book_file_history');

-- A file that is to take the place of a book's, once its text is there.
create table book_replacement (
    -- The upload's.
    replacement_id uuid primary key,
    book_id uuid not null,
    owner_id uuid not null,
    sha256 text not null,
    size_bytes bigint not null,
    file_name text not null,
    media_type text not null,
    state text not null check (state in ('PENDING', 'DONE', 'FAILED')),
    failure_reason text not null default '',
    failure_message text not null default '',
    failure_limit text not null default '',
    -- Places of readers that were moved, and those of them that were not found again.
    place_count bigint not null default 0,
    lost_count bigint not null default 0,
    created_at timestamptz not null,
    ended_at timestamptz,
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade,
    check ((state = 'PENDING') = (ended_at is null))
);
create unique index book_replacement_pending on book_replacement (book_id) where state = 'PENDING';
create index book_replacement_book on book_replacement (book_id);
create index book_replacement_content on book_replacement (owner_id, sha256, state);
-- Asked by the sweep of blobs, over all owners.
create index book_replacement_blob on book_replacement (sha256) where state <> 'DONE';
select protect('book_replacement');

-- That the reader's place was not found again in another text: it is as far into the book as it was.
alter table progress_head add column approximate boolean not null default false;

-- What was found in a text that the book has no more.
create function forget_findings(book uuid, owner uuid) returns void
    language sql as $$
    delete from passage where book_id = book and owner_id = owner;
    delete from entity_mention where book_id = book and owner_id = owner;
    delete from entity where book_id = book and owner_id = owner;
    delete from quotation where book_id = book and owner_id = owner;
    delete from text_facts where book_id = book and owner_id = owner;
    delete from chapter_text where book_id = book and owner_id = owner;
$$;
revoke execute on function forget_findings(uuid, uuid) from public;
grant execute on function forget_findings(uuid, uuid) to scriptorium_scheduler;

-- What a text is known by, to find others that are nearly the same: the least of the hashes of its
-- stretches of four words, under 64 functions.
create table book_sketch (
    book_id uuid primary key,
    owner_id uuid not null,
    least bigint[] not null check (cardinality(least) = 64),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
select protect('book_sketch');

-- Four of those together; who shares one of the sixteen is worth comparing.
create table book_band (
    book_id uuid not null,
    band bigint not null,
    owner_id uuid not null,
    primary key (book_id, band),
    foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);
create index book_band_owner on book_band (owner_id, book_id, band);
create index book_band_alike on book_band (owner_id, band, book_id);
select protect('book_band');

-- Texts that are known already are looked at once more.
insert into text_queue (book_id, owner_id)
    select book_id, owner_id from book_pack where tier = 2
    on conflict (book_id) do nothing;
