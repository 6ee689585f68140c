package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.EntityStore.FoundEntity;
import dev.scriptorium.server.analysis.PassageStore.FoundPassage;
import dev.scriptorium.server.analysis.PassageStore.PassageFilter;
import dev.scriptorium.server.analysis.PassageStore.PassageKey;
import dev.scriptorium.server.analysis.XRayStore.Met;
import dev.scriptorium.server.analysis.XRayStore.Place;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.XRay;
import dev.scriptorium.v1.XRayEntity;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is told of the characters and places of a book at a reader's position. Thread-safe. */
public final class Portraits {
  private static final int QUOTATIONS = 10;
  private static final int MAX_QUOTATIONS = 200;
  private static final int MET = 20;
  private static final int MAX_MET = 100;
  private static final int PASSAGES = 10;

  private final Database database;
  private final EntityStore entities = new EntityStore();
  private final PassageStore passages = new PassageStore();
  private final QuotationStore quotations = new QuotationStore();
  private final XRayStore xRays = new XRayStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Portraits(Database database) {
    this.database = database;
  }

  /** All that is known of one entity. */
  EntityDetails entity(UUID caller, GetEntityRequest request) {
    BookName.Entity name = BookName.parseEntity("name", request.getName());
    long upTo = UpTo.of(request.hasUpTo(), request.getUpTo());
    int most = request.hasMaxQuotations() ? request.getMaxQuotations() : QUOTATIONS;
    if (most < 0 || most > MAX_QUOTATIONS) {
      throw InvalidField.of("max_quotations", most, "0 to " + MAX_QUOTATIONS);
    }
    return database.inTransaction(
        caller,
        handle -> {
          UUID owner =
              entities
                  .owner(handle, caller, name.book())
                  .orElseThrow(new BookName(name.book())::missing);
          FoundEntity found =
              entities
                  .find(handle, owner, name, request.hasUpTo(), upTo)
                  .orElseThrow(() -> Absent.entity(name));
          return details(handle, owner, name, found, upTo, most);
        });
  }

  private EntityDetails details(
      Handle handle, UUID owner, BookName.Entity name, FoundEntity found, long upTo, int most) {
    EntityDetails.Builder details =
        EntityDetails.newBuilder()
            .setEntity(found.entity())
            .addAllChapters(entities.chapters(handle, owner, name, upTo))
            .setQuotationCount(quotations.count(handle, owner, name, upTo));
    if (most > 0 && details.getQuotationCount() > 0) {
      details.addAllQuotations(quotations.list(handle, owner, name, upTo, most));
    }
    passages
        .descriptions(handle, owner, name.book(), List.of(name.ordinal()), upTo)
        .values()
        .forEach(details::setDescription);
    return details.build();
  }

  /** Who and what a reader has met. */
  XRay xRay(UUID caller, GetXRayRequest request) {
    UUID book = BookName.parse("name", request.getName()).id();
    if (!request.hasUpTo()) {
      throw InvalidField.of("up_to", "", "0 to the length of the book");
    }
    UpTo.require(request.getUpTo());
    int wanted = request.getMaxEntities() == 0 ? MET : request.getMaxEntities();
    if (wanted < 0 || wanted > MAX_MET) {
      throw InvalidField.of("max_entities", wanted, "0 to " + MAX_MET);
    }
    return database.inTransaction(
        caller, handle -> xRay(handle, caller, book, request.getUpTo(), wanted));
  }

  private XRay xRay(Handle handle, UUID caller, UUID book, long upTo, int wanted) {
    Place place = xRays.place(handle, caller, book, upTo).orElseThrow(new BookName(book)::missing);
    if (upTo > place.codePoints()) {
      throw InvalidField.of("up_to", upTo, "0 to " + place.codePoints());
    }
    XRay.Builder xRay = XRay.newBuilder();
    if (place.chapter() == 0) {
      return xRay.build();
    }
    UUID owner = place.owner();
    xRay.setChapter(new BookName(book).chapter(place.chapter()));
    List<Met> met = xRays.met(handle, owner, book, upTo, place, wanted);
    Map<Integer, Passage> descriptions =
        passages.descriptions(
            handle, owner, book, met.stream().map(one -> one.found().ordinal()).toList(), upTo);
    for (Met one : met) {
      xRay.addEntities(message(one, descriptions));
    }
    return xRay.addAllPassages(best(handle, owner, book, upTo)).build();
  }

  private static XRayEntity message(Met met, Map<Integer, Passage> descriptions) {
    XRayEntity.Builder entity =
        XRayEntity.newBuilder()
            .setEntity(met.found().entity())
            .setChapterMentionCount(met.near())
            .setLastMention(met.last());
    Passage description = descriptions.get(met.found().ordinal());
    if (description != null) {
      entity.setDescription(description);
    }
    return entity.build();
  }

  private List<Passage> best(Handle handle, UUID owner, UUID book, long upTo) {
    return passages
        .byPriority(handle, owner, book, PassageFilter.before(upTo), PassageKey.START, PASSAGES)
        .stream()
        .map(FoundPassage::passage)
        .toList();
  }
}
