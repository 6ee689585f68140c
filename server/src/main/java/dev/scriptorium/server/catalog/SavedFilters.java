package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.SavedFilterStore.Saved;
import dev.scriptorium.server.catalog.filter.FilterParser;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.DeleteSavedFilterRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListSavedFiltersResponse;
import dev.scriptorium.v1.PutSavedFilterRequest;
import dev.scriptorium.v1.SavedFilter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of saved filters. Thread-safe. */
public final class SavedFilters {
  private static final Pattern NAME =
      Pattern.compile(
          "savedFilters/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
  private static final int MAX_TITLE = 200;
  private static final int MAX_OF_OWNER = 200;

  private final Database database;
  private final InstantSource clock;
  private final SavedFilterStore store = new SavedFilterStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public SavedFilters(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes or replaces one. */
  SavedFilter put(UUID owner, PutSavedFilterRequest request) {
    SavedFilter sent = request.getSavedFilter();
    Saved saved =
        new Saved(
            id("saved_filter.name", sent.getName()),
            1,
            title(sent.getTitle()),
            sent.getFilter(),
            sent.getOrderBy(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    var _ = FilterParser.parse(sent.getFilter());
    var _ = BookOrder.of(sent.getOrderBy());
    return database.inTransaction(
        owner,
        handle -> {
          long before = store.lock(handle, owner, saved.id()).map(Saved::revision).orElse(0L);
          requireEtag(request.getEtag(), before);
          if (before == 0 && store.count(handle, owner) >= MAX_OF_OWNER) {
            throw limit();
          }
          return message(saved, store.put(handle, owner, saved));
        });
  }

  /** All of a user. */
  ListSavedFiltersResponse list(UUID owner) {
    ListSavedFiltersResponse.Builder response = ListSavedFiltersResponse.newBuilder();
    database
        .inTransaction(owner, handle -> store.list(handle, owner, MAX_OF_OWNER))
        .forEach(saved -> response.addSavedFilters(message(saved, saved.revision())));
    return response.build();
  }

  /** Forgets one. */
  void delete(UUID owner, DeleteSavedFilterRequest request) {
    UUID id = id("name", request.getName());
    database.inTransaction(
        owner,
        handle -> {
          if (!store.delete(handle, owner, id)) {
            throw missing(request.getName());
          }
          return true;
        });
  }

  private static UUID id(String field, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, "savedFilters/{lower-case UUID}");
    }
    return UUID.fromString(matcher.group(1));
  }

  private static String title(String title) {
    if (title.isBlank()
        || title.indexOf('\0') >= 0
        || title.codePointCount(0, title.length()) > MAX_TITLE) {
      throw InvalidField.of(
          "saved_filter.title", title, "1 to " + MAX_TITLE + " code points, not blank");
    }
    return title;
  }

  private static void requireEtag(String given, long revision) {
    if (!given.isEmpty() && !given.equals(Etag.of(revision))) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "the saved filter has changed; read it again",
          Map.of("etag", Etag.of(revision)));
    }
  }

  private static SavedFilter message(Saved saved, long revision) {
    return SavedFilter.newBuilder()
        .setName("savedFilters/" + saved.id())
        .setTitle(saved.title())
        .setFilter(saved.filter())
        .setOrderBy(saved.orderBy())
        .setUpdateTime(WireTime.of(saved.updatedAt()))
        .setEtag(Etag.of(revision))
        .build();
  }

  private static ApiException missing(String name) {
    return new ApiException(
        ErrorReason.ERROR_REASON_SAVED_FILTER_NOT_FOUND,
        "there is no saved filter " + name,
        Map.of("saved_filter", name));
  }

  private static ApiException limit() {
    return new ApiException(
        ErrorReason.ERROR_REASON_SAVED_FILTER_LIMIT,
        "you have " + MAX_OF_OWNER + " saved filters, which is the most",
        Map.of("limit", Integer.toString(MAX_OF_OWNER)));
  }
}
