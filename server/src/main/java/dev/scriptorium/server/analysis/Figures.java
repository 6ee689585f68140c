package dev.scriptorium.server.analysis;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.BookFacts;
import dev.scriptorium.v1.ChapterFacts;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.TextFacts;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rules of showing the figures of a book's text. Thread-safe. */
public final class Figures {
  private final Database database;
  private final EntityStore books = new EntityStore();
  private final FactsStore store = new FactsStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Figures(Database database) {
    this.database = database;
  }

  /** The book's figures and a page of its chapters'. */
  BookFacts facts(UUID caller, GetBookFactsRequest request) {
    UUID book = BookName.parse("name", request.getName()).id();
    long upTo = UpTo.of(request.hasUpTo(), request.getUpTo());
    int size = PageSize.of(request.getPageSize());
    String list = "GetBookFacts " + caller + " " + book + " " + upTo;
    String token = request.getPageToken();
    long after = token.isEmpty() ? 0 : PageToken.decode(token, list).number(0);
    return database.inTransaction(
        caller,
        handle -> {
          UUID owner = books.owner(handle, caller, book).orElseThrow(new BookName(book)::missing);
          BookFacts.Builder facts = BookFacts.newBuilder();
          FactsStore.OfBook whole = store.book(handle, owner, book);
          whole.run().ifPresent(facts::setAnalysis);
          whole
              .facts()
              .map(all -> request.hasUpTo() ? met(handle, owner, book, upTo, all) : all)
              .ifPresent(facts::setBook);
          Page<ChapterFacts> page =
              Page.of(store.chapters(handle, owner, book, upTo, after, size + 1), size);
          facts.addAllChapters(page.items());
          if (page.more()) {
            int last =
                BookName.parseChapter("chapter", page.items().getLast().getChapter()).ordinal();
            facts.setNextPageToken(PageToken.of(Integer.toString(last)).encode(list));
          }
          return facts.build();
        });
  }

  // A keyword may give away what comes; numbers do not.
  private TextFacts met(Handle handle, UUID owner, UUID book, long upTo, TextFacts all) {
    return all.toBuilder()
        .clearKeywords()
        .addAllKeywords(store.keywords(handle, owner, book, upTo))
        .build();
  }
}
