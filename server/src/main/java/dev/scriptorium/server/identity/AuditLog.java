package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.AuditStore.Entry;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.AuditEvent;
import dev.scriptorium.v1.ListAuditEventsRequest;
import dev.scriptorium.v1.ListAuditEventsResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who changed what of users, keys, shares and settings. Thread-safe. */
public final class AuditLog {
  private static final String LIST = "ListAuditEvents";

  private final Database system;
  private final InstantSource clock;
  private final AuditStore store = new AuditStore();

  /**
   * @param system of a role that sees every account
   */
  public AuditLog(Database system, InstantSource clock) {
    this.system = system;
    this.clock = clock;
  }

  /** Writes down what a caller does, in the transaction that does it. */
  public void done(Handle handle, Caller caller, String action, String target, String detail) {
    store.insert(
        handle, new Entry(0, now(), caller.owner(), caller.keyId(), action, target, true, detail));
  }

  /** Writes down a login, which nobody is known to make, or that it failed. */
  void login(String target, boolean succeeded, String address) {
    Entry entry = new Entry(0, now(), null, "", "Login", target, succeeded, "from " + address);
    system.inTransaction(
        handle -> {
          store.insert(handle, entry);
          return true;
        });
  }

  /** A page of the record, newest first. */
  ListAuditEventsResponse list(ListAuditEventsRequest request) {
    int size = PageSize.of(request.getPageSize());
    String token = request.getPageToken();
    long before = token.isEmpty() ? Long.MAX_VALUE : PageToken.decode(token, LIST).number(0);
    List<Entry> found = system.inTransaction(handle -> store.list(handle, before, size + 1));
    Page<AuditEvent> page = Page.of(found.stream().map(AuditLog::message).toList(), size);
    ListAuditEventsResponse.Builder response =
        ListAuditEventsResponse.newBuilder().addAllEvents(page.items());
    if (page.more()) {
      long last = found.get(page.items().size() - 1).id();
      response.setNextPageToken(PageToken.of(Long.toString(last)).encode(LIST));
    }
    return response.build();
  }

  private static AuditEvent message(Entry entry) {
    AuditEvent.Builder event =
        AuditEvent.newBuilder()
            .setTime(WireTime.of(entry.at()))
            .setKey(entry.key())
            .setAction(entry.action())
            .setTarget(entry.target())
            .setDone(entry.done())
            .setDetail(entry.detail());
    if (entry.actor() != null) {
      event.setActor(IdentityNames.user(entry.actor()));
    }
    return event.build();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
