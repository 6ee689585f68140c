-- How books are to be analyzed, how they were, and what else a passage describes.

-- Numbers of types, the likeliest first, without the main one.
alter table passage add column other_type smallint[] not null default '{}';

-- Of users who want something else than usual. Written by the system, on behalf of operators.
create table analysis_settings (
  owner_id uuid primary key references account (id) on delete cascade,
  -- Numbers of scriptorium.v1.AnalysisMode and AnalysisMember.
  mode smallint not null,
  member smallint[] not null,
  member_weight double precision[] not null,
  updated_at timestamptz not null,
  check (cardinality(member) between 1 and 50),
  check (cardinality(member) = cardinality(member_weight))
);

-- How the findings of a book were made.
create table analysis_run (
  book_id uuid primary key,
  owner_id uuid not null,
  plugin text not null,
  mode text not null,
  weights text not null,
  paragraphs bigint not null,
  member text[] not null,
  member_weight double precision[] not null,
  member_judged bigint[] not null,
  member_nanos bigint[] not null,
  member_failed boolean[] not null,
  fallback text[] not null,
  degraded boolean not null,
  foreign key (book_id, owner_id) references book (book_id, owner_id) on delete cascade
);

select protect('analysis_settings');
select protect('analysis_run');
select protect_shared('analysis_run');
revoke insert, update, delete on analysis_settings from scriptorium_api;
