-- What a trigger writes into the feed of changes was put together and planned anew for every
-- statement, which for a single row took longer than all the rest. Now every table has a function of
-- its own, whose statements are planned once a session.

create or replace function announce(target regclass, kind text, name text, revision text, removed text)
    returns void
    language plpgsql as $$
declare
    recorder text := 'record_' || (select relname from pg_class where oid = target);
    event text;
begin
    execute format(
        'create function %1$I() returns trigger '
        'language plpgsql security definer set search_path = scriptorium, pg_temp as $recorder$ '
        'begin '
        'if tg_op = ''DELETE'' then '
        'insert into change (owner_id, name, kind, revision, removed) '
        'select r.owner_id, %2$s, %3$L, %4$s, true from changed r where not (%5$s) '
        'on conflict (owner_id, tx, name) do update set revision = excluded.revision, '
        'removed = excluded.removed; '
        'else '
        'insert into change (owner_id, name, kind, revision, removed) '
        'select r.owner_id, %2$s, %3$L, %4$s, %5$s from changed r '
        'on conflict (owner_id, tx, name) do update set revision = excluded.revision, '
        'removed = excluded.removed; '
        'end if; '
        'return null; '
        'end '
        '$recorder$',
        recorder, name, kind, revision, removed);
    execute format('revoke execute on function %I() from public', recorder);
    foreach event in array array['insert', 'update', 'delete'] loop
        execute format(
            'create or replace trigger record_%1$s after %1$s on %2$s '
            'referencing %3$s table as changed for each statement execute function %4$I()',
            event, target, case event when 'delete' then 'old' else 'new' end, recorder);
    end loop;
end
$$;

select announce('book', 'BOOK', $q$'books/' || r.book_id$q$, 'r.revision',
    'r.deleted_at is not null');
select announce('progress_head', 'PROGRESS', $q$'books/' || r.book_id || '/progress'$q$, 'r.revision',
    'false');
select announce('annotation', 'ANNOTATION',
    $q$'books/' || r.book_id || '/annotations/' || r.annotation_id$q$, 'r.revision',
    'r.deleted_at is not null');
select announce('reading_goal', 'GOAL', $q$'readingGoal'$q$, 'r.revision', 'false');
select announce('collection', 'COLLECTION', $q$'collections/' || r.collection_id$q$, 'r.revision',
    'false');
select announce('saved_filter', 'SAVED_FILTER', $q$'savedFilters/' || r.filter_id$q$, 'r.revision',
    'false');

drop function record_changes();
