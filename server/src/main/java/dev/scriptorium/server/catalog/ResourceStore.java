package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on pictures inside books. Thread-safe. */
final class ResourceStore {
  /**
   * @param width pixels; 0 when unknown
   * @param height pixels; 0 when unknown
   */
  record Stored(PieceStore.Piece content, int width, int height) {}

  private static final String SELECT =
      """
      select i.resource, i.media_type, i.width, i.height, i.pack_offset, i.pack_length, i.sha256,
        p.sha256 as pack
      from book_image i
      join book_pack p on p.book_id = i.book_id and p.owner_id = i.owner_id and p.tier = i.tier
      where i.book_id = :book and i.owner_id = (select readable_owner(:book, :owner))
        and i.tier = 2
      """;

  /** Pictures that the parser found, by name, after one. */
  List<Stored> list(Handle handle, UUID owner, UUID book, String after, int limit) {
    return handle
        .createQuery(SELECT + "and i.resource > :after order by i.resource limit :limit")
        .bind("book", book)
        .bind("owner", owner)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> stored(row))
        .list();
  }

  Optional<Stored> find(Handle handle, UUID owner, UUID book, String resource) {
    return handle
        .createQuery(SELECT + "and i.resource = :resource")
        .bind("book", book)
        .bind("owner", owner)
        .bind("resource", resource)
        .map((row, _) -> stored(row))
        .findOne();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        new PieceStore.Piece(
            row.getString("resource"),
            row.getString("media_type"),
            new Sha256(row.getString("pack")),
            row.getLong("pack_offset"),
            row.getInt("pack_length"),
            row.getString("sha256")),
        row.getInt("width"),
        row.getInt("height"));
  }
}
