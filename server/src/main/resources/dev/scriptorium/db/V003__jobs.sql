-- Every fact about a job is inserted once and never changed. The primary key of outcome is the fence:
-- completion, failure, cancellation, timeout and the loss of a worker all compete for it. All that is
-- ever updated is a server's heartbeat and
-- status; all that is ever deleted is a key of a unique job that has ended, and a request of yesterday.
--
-- The id of a job is day * 2^48 + incarnation * 2^28 + sequence: the day, counted from 2020-01-01 by
-- the clock of the server that took the job, says in which partition it and all that is known of it
-- are, and nothing else. Days are opened ahead and dropped whole.
--
-- What a job usually has not is null, which takes no room; not zero, nor empty.
--
-- No foreign keys between these tables, nor to account: checking one locks the referenced row, which
-- writes to it, and rows here are inserted by the thousand and never deleted.

-- One start of a control server. A job belongs to the incarnation that committed it.
create table server (
    incarnation bigint generated always as identity (maxvalue 1048575) primary key,
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

-- What to do.
create table job (
    id bigint not null,
    created_at timestamptz not null,
    owner_id uuid not null,
    tier smallint not null check (tier between 1 and 3),
    priority smallint not null check (priority between 0 and 100),
    kind text not null,
    media_type text not null,
    book_id uuid,
    first_chapter int,
    last_chapter int,
    after bigint[],
    traceparent text,
    not_before timestamptz,
    limit_key text,
    limit_concurrency int,
    limit_starts_per_minute int,
    deadline_millis bigint,
    memory_bytes bigint,
    input_bytes bigint,
    unique_key text,
    payload bytea check (length(payload) <= 2048),
    primary key (id)
) partition by range (id);
create index job_owner on job (owner_id, id);
create index job_book on job (book_id, id) where book_id is not null;
select protect('job');

-- A job is replaced once.
create table job_retry (
    retry_of bigint primary key,
    job_id bigint not null
);

-- While a job with this key has not ended there is no second.
create table job_unique (
    owner_id uuid not null,
    unique_key text not null,
    job_id bigint not null,
    primary key (owner_id, unique_key)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
select protect('job_unique');

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

-- An attempt was started: where, and by which token its worker proves that it is the one. Written
-- when it has not ended by then.
create table dispatch (
    job_id bigint not null,
    token bigint not null,
    started_at timestamptz not null,
    incarnation int not null,
    attempt smallint not null check (attempt >= 1),
    worker text not null,
    primary key (job_id, attempt)
) partition by range (job_id);

create type job_ending as enum ('SUCCEEDED', 'FAILED', 'CRASHED', 'TIMED_OUT', 'LOST', 'RELEASED',
    'CANCELLED', 'QUARANTINED');

-- How an attempt ended. After an outcome that is not final comes the next attempt.
create table outcome (
    job_id bigint not null,
    -- Token of the dispatch when its worker said so; null when the server decided.
    token bigint,
    ended_at timestamptz not null,
    -- Not before: when the next attempt may start.
    retry_at timestamptz,
    ending job_ending not null,
    attempt smallint not null check (attempt >= 1),
    final boolean not null check (final = (retry_at is null)
        and (final or ending in ('FAILED', 'CRASHED', 'TIMED_OUT', 'LOST', 'RELEASED'))),
    -- Null when the attempt never started.
    worker text,
    peak_memory_bytes bigint,
    cpu_millis bigint,
    elapsed_millis bigint,
    reason text,
    message text,
    limit_reached text,
    cause text,
    log_tail text,
    result_sha256 text,
    result_bytes bigint,
    pack_sha256 text,
    pack_bytes bigint,
    primary key (job_id, attempt)
) partition by range (job_id);
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

-- What the next attempt may go on from; the highest number of a job counts.
create table checkpoint (
    job_id bigint not null,
    attempt smallint not null check (attempt >= 1),
    number int not null check (number >= 1),
    at timestamptz not null,
    state bytea not null check (length(state) <= 65536),
    primary key (job_id, attempt, number)
) partition by range (job_id);

-- Attempts are as visible as their job.
alter table job_retry enable row level security;
alter table job_retry force row level security;
create policy own_rows on job_retry to scriptorium_api
    using (exists (select from job where job.id = job_retry.job_id));
create policy all_rows on job_retry to scriptorium_scheduler, scriptorium_owner using (true);
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
alter table checkpoint enable row level security;
alter table checkpoint force row level security;
create policy own_rows on checkpoint to scriptorium_api
    using (exists (select from job where job.id = checkpoint.job_id));
create policy all_rows on checkpoint to scriptorium_scheduler, scriptorium_owner using (true);

-- The API commits jobs and looks; it starts and ends nothing.
revoke insert, update, delete on server, server_death, server_settled, dispatch, outcome, checkpoint,
    job_retry, submission, job_kind, job_schedule
    from scriptorium_api;
revoke update, delete on job, job_unique from scriptorium_api;
revoke update, delete on server_death, server_settled, job, job_retry, dispatch, outcome, checkpoint
    from scriptorium_scheduler;
revoke update on job_unique, submission from scriptorium_scheduler;
revoke delete on server from scriptorium_scheduler;

-- Makes the partitions of a day where they are missing. They are reached through their tables alone,
-- whose policies hold then.
create function open_day(day int) returns void
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
declare
    kept text;
    part text;
begin
    if day not between 0 and 32766 then
        raise exception 'day % is not 0 to 32766', day using errcode = 'numeric_value_out_of_range';
    end if;
    -- Two servers may want the same day.
    perform pg_advisory_xact_lock(hashtext('scriptorium.open_day'), day);
    foreach kept in array array['job', 'dispatch', 'outcome', 'checkpoint'] loop
        part := kept || '_' || day;
        if to_regclass(part) is null then
            -- Made first and attached then: that does not lock out who writes to other days.
            -- Rows never change: what autovacuum looks at it freezes for good.
            execute format('create table %I (like %I including all) with ('
                'autovacuum_vacuum_insert_scale_factor = 0, '
                'autovacuum_vacuum_insert_threshold = 100000, '
                'autovacuum_freeze_min_age = 0)', part, kept);
            execute format('revoke all on %I from scriptorium_api, scriptorium_scheduler', part);
            execute format('alter table %I enable row level security', part);
            execute format('alter table %I force row level security', part);
            execute format('create policy all_rows on %I to scriptorium_owner using (true)', part);
            execute format('alter table %I attach partition %I for values from (%s) to (%s)',
                kept, part, day::bigint << 48, (day + 1)::bigint << 48);
        end if;
    end loop;
end
$$;
revoke execute on function open_day(int) from public;
grant execute on function open_day(int) to scriptorium_scheduler;

-- Days that have partitions.
create view job_day as
    select substring(part.relname from 5)::int as day
    from pg_catalog.pg_inherits as link
    join pg_catalog.pg_class as part on part.oid = link.inhrelid
    where link.inhparent = 'job'::regclass;

-- Drops a day with all that is known of its jobs, unless one of them has not ended. Fails, to be
-- tried again, when somebody reads for too long.
create function drop_day(day int) returns boolean
    language plpgsql security definer set search_path = scriptorium, pg_temp as $$
declare
    kept text;
begin
    if exists (
        select from job
        where id >= day::bigint << 48 and id < (day + 1)::bigint << 48
          and not exists (select from outcome where outcome.job_id = job.id and outcome.final)) then
        return false;
    end if;
    set local lock_timeout = '50ms';
    foreach kept in array array['job', 'dispatch', 'outcome', 'checkpoint'] loop
        execute format('drop table if exists %I', kept || '_' || day);
    end loop;
    delete from job_retry where job_id >= day::bigint << 48 and job_id < (day + 1)::bigint << 48;
    return true;
end
$$;
revoke execute on function drop_day(int) from public;
grant execute on function drop_day(int) to scriptorium_scheduler;
