-- Reading progress: a log that only grows, a head for each device, and the resolved head.

create table progress_event (
  event_id bigint generated always as identity primary key,
  owner_id uuid not null,
  book_id uuid not null,
  device text not null,
  base_revision bigint not null,
  -- The revision this step made; 0 when it is not the resolved head's.
  revision bigint not null,
  book_offset bigint not null,
  event_at timestamptz not null,
  received_at timestamptz not null,
  policy text not null,
  outcome text not null check (outcome in ('APPLIED', 'STALE', 'CONFLICT')),
  -- The step that was the resolved head after this one; null when it was this one.
  head_event_id bigint,
  request_id uuid,
  -- SHA-256 of the request, to tell a repeated call from another one.
  request_hash text not null,
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create unique index progress_event_request on progress_event (owner_id, request_id)
  where request_id is not null;
create index progress_event_book on progress_event (owner_id, book_id, event_id);

create table progress_device_head (
  owner_id uuid not null,
  book_id uuid not null,
  device text not null,
  event_id bigint not null,
  -- The last revision this device made; 0 when none of its steps was applied.
  revision bigint not null,
  book_offset bigint not null,
  event_at timestamptz not null,
  primary key (owner_id, book_id, device),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create table progress_head (
  owner_id uuid not null,
  book_id uuid not null,
  event_id bigint not null,
  revision bigint not null,
  book_offset bigint not null,
  device text not null,
  event_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (owner_id, book_id),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

select protect('progress_event');
select protect('progress_device_head');
select protect('progress_head');

-- Nothing a reader did is ever overwritten; only the purge of a book takes its log along.
revoke update, delete on progress_event from scriptorium_api, scriptorium_scheduler;
