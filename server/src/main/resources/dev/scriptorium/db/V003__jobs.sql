-- Every fact about a job is inserted once and never changed. The primary key of outcome is the fence:
-- completion, failure, cancellation, timeout and the loss of a worker all compete for it. The
-- columns that are ever updated are server.heartbeat_at and server.status.
--
-- No foreign keys between these tables, nor to account: checking one locks the referenced row, which
-- writes to it, and rows here are inserted by the thousand and never deleted.

-- One start of a control server. A job belongs to the incarnation that committed it.
create table server (
    incarnation bigint generated always as identity (maxvalue 8388607) primary key,
    name text not null check (name <> ''),
    started_at timestamptz not null default clock_timestamp(),
    heartbeat_at timestamptz not null default clock_timestamp(),
    -- What it last told the others of its queue: a serialized scriptorium.v1.Queue.
    status bytea not null default ''
) with (fillfactor = 30);

-- Who takes over the jobs of an incarnation that has died; the primary key elects one heir.
create table server_death (
    incarnation bigint primary key,
    heir bigint not null,
    at timestamptz not null default clock_timestamp(),
    check (heir <> incarnation)
);
create index server_death_heir on server_death (heir);

-- A dead incarnation whose own jobs have all ended; heirs need not look there again.
create table server_settled (
    incarnation bigint primary key,
    at timestamptz not null default clock_timestamp()
);

-- What to do. The id is incarnation * 2^40 + sequence.
create table job (
    id bigint primary key,
    owner_id uuid not null,
    book_id uuid,
    kind text not null,
    media_type text not null,
    tier smallint not null check (tier between 1 and 3),
    first_chapter int not null,
    last_chapter int not null,
    after bigint[] not null,
    retry_of bigint,
    traceparent text,
    created_at timestamptz not null,
    priority smallint not null check (priority between 0 and 100),
    not_before timestamptz,
    limit_key text,
    limit_concurrency int not null,
    limit_starts_per_minute int not null,
    deadline_millis bigint not null,
    memory_bytes bigint not null,
    input_bytes bigint not null,
    unique_key text not null,
    payload bytea not null check (length(payload) <= 2048)
) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
create index job_owner on job (owner_id, id);
create index job_book on job (book_id, id);
-- A job is replaced once.
create unique index job_retry_of on job (retry_of) where retry_of is not null;
select protect('job');

-- Requests that have added jobs, so that a repeated one adds nothing; kept for a day.
create table submission (
    owner_id uuid not null,
    request_id text not null,
    jobs bigint[] not null,
    at timestamptz not null,
    primary key (owner_id, request_id)
);
create index submission_at on submission (at);
select protect('submission');

-- An attempt was started: where, and by which token its worker proves that it is the one.
create table dispatch (
    job_id bigint not null,
    attempt int not null check (attempt >= 1),
    incarnation bigint not null,
    worker text not null,
    token bigint not null,
    started_at timestamptz not null,
    primary key (job_id, attempt)
) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

-- How an attempt ended. After an outcome that is not final comes the next attempt.
create table outcome (
    job_id bigint not null,
    attempt int not null check (attempt >= 1),
    ending text not null check (ending in ('SUCCEEDED', 'FAILED', 'CRASHED', 'TIMED_OUT', 'LOST',
        'RELEASED', 'CANCELLED', 'QUARANTINED')),
    final boolean not null check (final = (retry_at is null)
        and (final or ending in ('FAILED', 'CRASHED', 'TIMED_OUT', 'LOST', 'RELEASED'))),
    -- Token of the dispatch when its worker said so; null when the server decided.
    token bigint,
    worker text not null,
    ended_at timestamptz not null,
    -- Not before: when the next attempt may start.
    retry_at timestamptz,
    reason text not null,
    message text not null,
    limit_reached text not null,
    cause text not null,
    log_tail text not null,
    peak_memory_bytes bigint not null,
    cpu_millis bigint not null,
    elapsed_millis bigint not null,
    result_sha256 text,
    result_bytes bigint,
    pack_sha256 text,
    pack_bytes bigint,
    primary key (job_id, attempt)
) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
-- Lists of what went wrong.
create index outcome_bad on outcome (job_id)
    where final and ending <> 'SUCCEEDED';
-- What the sweeping of blobs asks for.
create index outcome_result on outcome (result_sha256) where result_sha256 is not null;

-- What operators have ordered for a kind, on every server.
create table job_kind (
    kind text primary key,
    paused boolean not null,
    max_running int not null check (max_running >= 0),
    starts_per_minute int not null check (starts_per_minute >= 0)
);

-- Jobs that come again and again; the turn is taken by moving next_at.
create table job_schedule (
    name text primary key,
    owner_id uuid not null,
    every_millis bigint not null check (every_millis >= 1000),
    -- A serialized scriptorium.v1.NewJob.
    job bytea not null,
    next_at timestamptz not null
);
select protect('job_schedule');

-- Attempts are as visible as their job.
alter table dispatch enable row level security;
alter table dispatch force row level security;
create policy own_rows on dispatch to scriptorium_api
    using (exists (select from job where job.id = dispatch.job_id));
create policy all_rows on dispatch to scriptorium_scheduler, scriptorium_owner using (true);
alter table outcome enable row level security;
alter table outcome force row level security;
create policy own_rows on outcome to scriptorium_api
    using (exists (select from job where job.id = outcome.job_id));
create policy all_rows on outcome to scriptorium_scheduler, scriptorium_owner using (true);

-- The API commits jobs and looks; it starts and ends nothing.
revoke insert, update, delete on server, server_death, server_settled, dispatch, outcome
    from scriptorium_api;
revoke update, delete on job from scriptorium_api;
revoke insert, update, delete on submission, job_kind, job_schedule from scriptorium_api;
revoke update, delete on server_death, server_settled, job, dispatch, outcome
    from scriptorium_scheduler;
revoke delete on server from scriptorium_scheduler;
