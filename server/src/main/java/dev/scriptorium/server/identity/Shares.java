package dev.scriptorium.server.identity;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.ShareStore.Shared;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.ListSharesRequest;
import dev.scriptorium.v1.ListSharesRequest.Direction;
import dev.scriptorium.v1.ListSharesResponse;
import dev.scriptorium.v1.Share;
import dev.scriptorium.v1.ShareBookRequest;
import dev.scriptorium.v1.UnshareBookRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The rules of books that one user lets another read. Thread-safe. */
final class Shares {
  private static final UUID GREATEST = new UUID(-1, -1);

  private final Database system;
  private final Readers readers;
  private final Consumer<UUID> readersChanged;
  private final InstantSource clock;
  private final ShareStore shares = new ShareStore();

  /**
   * @param system of a role that sees every account
   * @param readersChanged told of a book after the commit
   */
  Shares(Database system, AuditLog audit, Consumer<UUID> readersChanged, InstantSource clock) {
    this.system = system;
    this.readers = new Readers(audit);
    this.readersChanged = readersChanged;
    this.clock = clock;
  }

  /** Lets a user read a book of the caller's. */
  Share share(Caller caller, ShareBookRequest request) {
    UUID book = BookName.parse("book", request.getBook()).id();
    Share shared = system.inTransaction(handle -> share(handle, caller, book, request.getReader()));
    readersChanged.accept(book);
    return shared;
  }

  private Share share(Handle handle, Caller caller, UUID book, String name) {
    // Before the reader is looked for: who owns no such book learns nothing of users.
    if (!shares.owns(handle, caller.owner(), book)) {
      throw new BookName(book).missing();
    }
    UUID reader = readers.findOther(handle, caller, name);
    shares.insert(
        handle, caller.owner(), book, reader, clock.instant().truncatedTo(ChronoUnit.MICROS));
    record(handle, caller, "ShareBook", book, reader);
    return message(shares.find(handle, book, reader));
  }

  /** Ends that; also for the reader. */
  void unshare(Caller caller, UnshareBookRequest request) {
    UUID book = BookName.parse("book", request.getBook()).id();
    system.inTransaction(
        handle -> {
          boolean owns = shares.owns(handle, caller.owner(), book);
          UUID reader =
              owns
                  ? readers.find(handle, caller, request.getReader())
                  : self(caller, request, book);
          if (shares.delete(handle, book, reader, caller.owner())) {
            record(handle, caller, "UnshareBook", book, reader);
          } else if (!owns) {
            throw new BookName(book).missing();
          }
          return true;
        });
    readersChanged.accept(book);
  }

  /** A page of shares. */
  ListSharesResponse list(Caller caller, ListSharesRequest request) {
    if (request.getDirection() == Direction.UNRECOGNIZED) {
      throw InvalidField.of("direction", request.getDirectionValue(), "WITH_ME or BY_ME");
    }
    boolean byMe = request.getDirection() == Direction.DIRECTION_BY_ME;
    int size = PageSize.of(request.getPageSize());
    String list = "ListShares " + caller.owner() + " " + byMe;
    List<Shared> found = read(caller, byMe, request.getPageToken(), list, size + 1);
    Page<Share> page = Page.of(found.stream().map(Shares::message).toList(), size);
    ListSharesResponse.Builder response =
        ListSharesResponse.newBuilder().addAllShares(page.items());
    if (page.more()) {
      Shared last = found.get(page.items().size() - 1);
      response.setNextPageToken(
          PageToken.of(last.book().toString(), last.reader().toString()).encode(list));
    }
    return response.build();
  }

  private List<Shared> read(Caller caller, boolean byMe, String token, String list, int limit) {
    UUID book = token.isEmpty() ? GREATEST : PageToken.decode(token, list).id(0);
    UUID reader = token.isEmpty() ? GREATEST : PageToken.decode(token, list).id(1);
    return system.inTransaction(
        handle ->
            byMe
                ? shares.byOwner(handle, caller.owner(), book, reader, limit)
                : shares.withReader(handle, caller.owner(), book, limit));
  }

  // Who does not own the book may only give it back.
  private static UUID self(Caller caller, UnshareBookRequest request, UUID book) {
    if (!Readers.isSelf(caller, request.getReader())) {
      throw new BookName(book).missing();
    }
    return caller.owner();
  }

  private void record(Handle handle, Caller caller, String action, UUID book, UUID reader) {
    readers.record(handle, caller, action, new BookName(book).toString(), reader);
  }

  private static Share message(Shared share) {
    return Share.newBuilder()
        .setBook(new BookName(share.book()).toString())
        .setTitle(share.title())
        .setOwner(IdentityNames.user(share.owner()))
        .setOwnerDisplayName(share.ownerName())
        .setReader(IdentityNames.user(share.reader()))
        .setReaderDisplayName(share.readerName())
        .setCreateTime(WireTime.of(share.at()))
        .build();
  }
}
