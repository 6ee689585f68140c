-- Books, what was found in their files, and what is needed to answer a repeated call.
-- Every table carries the owner: statements filter by it, and the policies stand behind them.
-- Children name (book_id, owner_id), so that no row can belong to another owner than its book.

create table book (
  book_id uuid primary key,
  owner_id uuid not null references account (id),
  -- Counts the changes of this row and of what hangs on it; the etag.
  revision bigint not null default 1,
  title text not null,
  contributor_name text[] not null default '{}',
  contributor_role text[] not null default '{}',
  contributor_file_as text[] not null default '{}',
  language text[] not null default '{}',
  description text not null default '',
  publisher text not null default '',
  published text not null default '',
  series text not null default '',
  series_index double precision,
  subject text[] not null default '{}',
  identifier_scheme text[] not null default '{}',
  identifier_value text[] not null default '{}',
  -- Names of the metadata fields that the owner set; a job never overwrites these.
  edited_field text[] not null default '{}',
  page_count integer not null default 0,
  chapter_count integer not null default 0,
  word_count bigint not null default 0,
  code_points bigint not null default 0,
  has_cover boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  purge_at timestamptz,
  unique (book_id, owner_id),
  check (cardinality(contributor_name) = cardinality(contributor_role)),
  check (cardinality(contributor_name) = cardinality(contributor_file_as)),
  check (cardinality(identifier_scheme) = cardinality(identifier_value)),
  check ((deleted_at is null) = (purge_at is null))
);

-- Ids grow with time, so newest first is the index read backwards.
create index book_live on book (owner_id, book_id) where deleted_at is null;
create index book_all on book (owner_id, book_id);
create index book_purge on book (purge_at) where purge_at is not null;

create table book_file (
  book_id uuid primary key,
  owner_id uuid not null,
  sha256 text not null,
  size_bytes bigint not null,
  file_name text not null,
  media_type text not null,
  -- Set together with the book's, so that the same bytes may be uploaded anew.
  deleted_at timestamptz,
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create unique index book_file_content on book_file (owner_id, sha256) where deleted_at is null;
-- Asked by the sweep of blobs, over all owners.
create index book_file_sha256 on book_file (sha256);

-- What is known for certain of a tier of the import; a tier without a row has not ended.
create table book_stage (
  book_id uuid not null,
  tier smallint not null check (tier between 1 and 3),
  owner_id uuid not null,
  state text not null check (state in ('WAITING', 'DONE', 'FAILED')),
  slices_done integer not null default 0,
  slices_total integer not null default 0,
  degraded boolean not null default false,
  failure_reason text not null default '',
  failure_message text not null default '',
  failure_limit text not null default '',
  ended_at timestamptz,
  primary key (book_id, tier),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade,
  check ((state = 'WAITING') = (ended_at is null))
);

-- The packs a book's chapters and pictures lie in: one of tier 1, one of tier 2.
create table book_pack (
  book_id uuid not null,
  tier smallint not null check (tier between 1 and 2),
  owner_id uuid not null,
  sha256 text not null,
  size_bytes bigint not null,
  primary key (book_id, tier),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create index book_pack_sha256 on book_pack (sha256);

create table chapter (
  book_id uuid not null,
  ordinal integer not null check (ordinal > 0),
  owner_id uuid not null,
  title text not null,
  source text not null,
  word_count integer not null check (word_count >= 0),
  code_points integer not null check (code_points >= 0),
  start_offset bigint not null check (start_offset >= 0),
  language text not null,
  linear boolean not null,
  first_page integer not null,
  last_page integer not null,
  pack_offset bigint not null,
  pack_length integer not null,
  sha256 text not null,
  primary key (book_id, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

-- Finds the chapter that holds a book offset.
create index chapter_start on chapter (book_id, start_offset, ordinal);

create table chapter_note (
  book_id uuid not null,
  chapter integer not null,
  ordinal integer not null,
  owner_id uuid not null,
  label text not null,
  reference_offset integer not null,
  body text not null,
  primary key (book_id, chapter, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create table book_image (
  book_id uuid not null,
  tier smallint not null,
  resource text not null,
  owner_id uuid not null,
  media_type text not null,
  width integer not null,
  height integer not null,
  pack_offset bigint not null,
  pack_length integer not null,
  sha256 text not null,
  primary key (book_id, tier, resource),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create table contents_entry (
  book_id uuid not null,
  tier smallint not null,
  ordinal integer not null,
  owner_id uuid not null,
  title text not null,
  depth integer not null,
  -- 0 when the target is unknown.
  chapter integer not null,
  chapter_offset integer not null,
  primary key (book_id, tier, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create table book_warning (
  book_id uuid not null,
  tier smallint not null,
  ordinal integer not null,
  owner_id uuid not null,
  reason text not null,
  place text not null,
  message text not null,
  primary key (book_id, tier, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

-- Where the places of the book's own counting stand in the canonical text.
create table source_position (
  book_id uuid not null,
  ordinal integer not null,
  owner_id uuid not null,
  chapter integer not null,
  chapter_offset integer not null,
  page_label text not null,
  element_path text not null,
  primary key (book_id, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

-- Answers of calls that carried a request id.
create table request (
  owner_id uuid not null references account (id),
  method text not null,
  request_id uuid not null,
  -- SHA-256 of what was asked.
  request_hash text not null,
  response bytea not null,
  created_at timestamptz not null,
  primary key (owner_id, method, request_id)
);

create index request_age on request (created_at);

select protect('book');
select protect('book_file');
select protect('book_stage');
select protect('book_pack');
select protect('chapter');
select protect('chapter_note');
select protect('book_image');
select protect('contents_entry');
select protect('book_warning');
select protect('source_position');
select protect('request');
