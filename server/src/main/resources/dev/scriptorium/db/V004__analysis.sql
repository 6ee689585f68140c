-- What was found in a book's text.

create table passage (
  book_id uuid not null,
  -- Names the passage: its number in the order of the result, from 1.
  ordinal integer not null check (ordinal > 0),
  owner_id uuid not null,
  type smallint not null,
  chapter integer not null,
  start_offset integer not null,
  end_offset integer not null,
  book_start bigint not null,
  book_end bigint not null,
  body text not null,
  -- 100 less the priority, so that every list runs upwards.
  rank smallint not null check (rank between 0 and 100),
  confidence double precision not null,
  reason text[] not null,
  primary key (book_id, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create index passage_rank on passage (book_id, rank, book_start, ordinal);
create index passage_reading on passage (book_id, book_start, ordinal);

create table entity (
  book_id uuid not null,
  ordinal integer not null check (ordinal > 0),
  owner_id uuid not null,
  type smallint not null,
  -- Byte order: the same on every machine, so that page tokens stay good.
  display_name text collate "C" not null,
  alias text[] not null,
  mention_count integer not null,
  -- The count turned round, so that the list runs upwards.
  rank integer not null generated always as (-mention_count) stored,
  first_chapter integer not null,
  first_start integer not null,
  first_end integer not null,
  primary key (book_id, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

create index entity_rank on entity (book_id, rank, display_name, ordinal);

create table entity_mention (
  book_id uuid not null,
  entity integer not null,
  ordinal integer not null,
  owner_id uuid not null,
  chapter integer not null,
  start_offset integer not null,
  end_offset integer not null,
  book_start bigint not null,
  primary key (book_id, entity, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

-- Counts what was mentioned before an offset.
create index entity_mention_start on entity_mention (book_id, book_start) include (entity);

select protect('passage');
select protect('entity');
select protect('entity_mention');
