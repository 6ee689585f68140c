-- Which name a mention is, what is said and by whom, and figures of the text.

-- Which of the entity's names: 0 the display name, k the k-th alias, -1 one that it shares.
alter table entity_mention add column name smallint not null default 0;

-- Counts what was mentioned before an offset, by name, from the index alone.
drop index entity_mention_start;
create index entity_mention_start on entity_mention (book_id, book_start)
  include (owner_id, entity, name);
-- Finds an entity's mentions in a stretch of the book.
create index entity_mention_entity on entity_mention (book_id, entity, book_start)
  include (owner_id, name);

create table quotation (
  book_id uuid not null,
  entity integer not null check (entity > 0),
  -- Number among those of the entity, in reading order, from 1.
  ordinal integer not null check (ordinal > 0),
  owner_id uuid not null,
  chapter integer not null,
  start_offset integer not null,
  end_offset integer not null,
  book_start bigint not null,
  book_end bigint not null,
  body text not null,
  primary key (book_id, entity, ordinal),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

-- Figures of the chapters, and as chapter 0 those of the book.
create table text_facts (
  book_id uuid not null,
  chapter integer not null check (chapter >= 0),
  owner_id uuid not null,
  -- Book offset at which the chapter ends.
  book_end bigint not null,
  language text not null,
  word_count bigint not null,
  sentence_count bigint not null,
  reading_seconds bigint not null,
  difficulty double precision,
  formula text[] not null,
  formula_value double precision[] not null,
  keyword text[] not null,
  keyword_count integer[] not null,
  primary key (book_id, chapter),
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade,
  check (cardinality(formula) = cardinality(formula_value)),
  check (cardinality(keyword) = cardinality(keyword_count))
);

select protect('quotation');
select protect('text_facts');
select protect_shared('quotation');
select protect_shared('text_facts');
