-- Filters of the list of books that somebody has kept.

create table saved_filter (
    owner_id uuid not null references account (id),
    filter_id uuid not null,
    -- Counts the changes of this row; the etag.
    revision bigint not null default 1,
    title text not null check (title <> ''),
    filter text not null,
    order_by text not null,
    updated_at timestamptz not null,
    primary key (owner_id, filter_id)
);
select protect('saved_filter');
select announce('saved_filter', 'SAVED_FILTER', $q$'savedFilters/' || r.filter_id$q$, 'r.revision',
    'false');
