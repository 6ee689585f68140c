package dev.scriptorium.server.analysis;

/**
 * The beginning of statements on the entities that are named before an offset: a table {@code met}
 * with the columns of {@code entity}, in which names and counts are those before the offset. An
 * entity that has only been called by a name it shares with others is not in it: who is meant may
 * be settled by what follows.
 */
final class EntitiesMet {
  private static final String MET =
      """
      with named as (
        select entity, name, count(*)::integer as uses
        from entity_mention
        where book_id = :book and owner_id = :owner and book_start < :upTo %s
        group by entity, name),
      counted as (
        select entity, sum(uses)::integer as mention_count, -sum(uses)::integer as rank,
          -- The fullest name when it was used, else the one most used so far; then the others.
          array_agg(name order by (name = 0) desc, uses desc, name)
            filter (where name >= 0) as names
        from named
        group by entity),
      met as (
        select e.ordinal, e.type, c.mention_count, c.rank, e.first_chapter, e.first_start,
          e.first_end,
          (array_prepend(e.display_name::text, e.alias))[c.names[1] + 1] collate "C"
            as display_name,
          array(
            select (array_prepend(e.display_name::text, e.alias))[s.name + 1]
            from unnest(c.names[2:]) with ordinality as s (name, place)
            order by s.place) as alias
        from counted c
        join entity e on e.book_id = :book and e.ordinal = c.entity and e.owner_id = :owner
        where c.names is not null)
      """;

  /** Of all entities; wants {@code :book, :owner, :upTo}. */
  static final String ALL = MET.formatted("");

  /** Of one entity; wants {@code :entity} too. */
  static final String ONE = MET.formatted("and entity = :entity");

  private EntitiesMet() {}
}
