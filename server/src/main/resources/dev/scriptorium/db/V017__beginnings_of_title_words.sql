-- Loads the extension: a session that has not used it may not set its parameters.
select public.show_limit();

-- Words of the caller's books that are spelled like each of the words given, best first, and some that
-- begin like it: a word of a search may be typed to its end, or mistyped, or just begun.
create or replace function similar_title_words(words text[], most integer)
    returns table (place bigint, word text)
    language plpgsql stable security definer set search_path = scriptorium, public, pg_temp
    set enable_seqscan = off
    set pg_trgm.similarity_threshold = 0.3 as $$
#variable_conflict use_column
begin
    return query
        select q.place, a.word
        from unnest(words) with ordinality q (asked, place)
        cross join lateral (
            (select t.word from title_word t
             where t.owner_id = current_owner() and t.word % q.asked
             order by similarity(t.word, q.asked) desc, t.word
             limit most)
            union
            (select t.word from title_word t
             where t.owner_id = current_owner()
               and t.word >= q.asked and t.word < q.asked || chr(1114111)
             order by t.word
             limit most)) a
        order by q.place, similarity(a.word, q.asked) desc, a.word;
end
$$;
