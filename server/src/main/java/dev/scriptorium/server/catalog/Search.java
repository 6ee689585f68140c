package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.catalog.SearchStore.Found;
import dev.scriptorium.server.catalog.Words.Word;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchBooksResponse;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.SearchTextResponse;
import dev.scriptorium.v1.TextRange;
import dev.scriptorium.v1.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rules of searching. Thread-safe. */
public final class Search {
  private static final String ALL_BOOKS = "books/-";
  private static final int MAX_QUERY = 200;
  private static final int DEFAULT_SIZE = 20;
  private static final int MAX_BOOKS = 200;
  private static final int MAX_PLACES = 50;
  private static final int MAX_CANDIDATES = 2000;
  private static final int SPELLINGS = 5;
  // A word of a text is looked at when it begins like a stem: endings alone change.
  private static final int COMMON_BEGINNING = 3;

  private final Database database;
  private final Packs packs;
  private final BookStore books = new BookStore();
  private final SearchStore store = new SearchStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param cache keeps unpacked chapters
   */
  public Search(Database database, BlobStore blobs, Cache cache) {
    this.database = database;
    this.packs = new Packs(blobs, cache);
  }

  /** Books by what they are called. */
  SearchBooksResponse books(UUID caller, SearchBooksRequest request) {
    String query = query(request.getQuery());
    int limit = size(request.getPageSize(), MAX_BOOKS);
    return database.inTransaction(caller, handle -> books(handle, caller, query, limit));
  }

  private SearchBooksResponse books(Handle handle, UUID caller, String query, int limit) {
    Map<UUID, Double> scores = scores(handle, caller, query, limit);
    SearchBooksResponse.Builder response = SearchBooksResponse.newBuilder();
    List<UUID> ids = scores.keySet().stream().limit(limit).toList();
    books
        .named(handle, caller, ids)
        .forEach(
            book ->
                response.addHits(
                    SearchBooksResponse.Hit.newBuilder()
                        .setBook(book.message(View.VIEW_BASIC, List.of()))
                        .setScore(scores.getOrDefault(book.id(), 0.0))));
    return response.build();
  }

  // Whoever has typed words that are there has not mistyped them; the last one may go on. Else they
  // are taken for words that are spelled or begin like them, and what is like nothing is left out.
  // What finds nothing then, such as words of a new title, or words without the blank between them,
  // is compared with all titles in the end, which takes far longer.
  private Map<UUID, Double> scores(Handle handle, UUID caller, String query, int limit) {
    List<String> words = Words.of(query).stream().map(word -> Words.fold(word.text())).toList();
    Map<UUID, Double> found = typed(handle, caller, words, limit);
    if (found.isEmpty()) {
      TitleQuery alike = TitleQuery.alike(words, store.similarWords(handle, words, SPELLINGS));
      found = byWords(handle, caller, alike, limit);
    }
    // A word alone was looked for as a beginning already.
    if (found.isEmpty() && words.size() > 1) {
      found = byWords(handle, caller, TitleQuery.allBegun(words), limit);
    }
    return found.isEmpty() ? store.byLikeness(handle, query, limit) : found;
  }

  // Whole words first: they are found faster, and nearly always what was meant.
  private Map<UUID, Double> typed(Handle handle, UUID caller, List<String> words, int limit) {
    Map<UUID, Double> found = new LinkedHashMap<>();
    byWords(handle, caller, TitleQuery.whole(words), limit)
        .forEach((book, score) -> found.put(book, (1 + score) / 2));
    if (found.size() < limit) {
      byWords(handle, caller, TitleQuery.begun(words), limit)
          .forEach((book, score) -> found.putIfAbsent(book, score / 2));
    }
    return found;
  }

  private Map<UUID, Double> byWords(Handle handle, UUID caller, TitleQuery query, int limit) {
    return query.isEmpty() ? Map.of() : store.byWords(handle, caller, query, limit);
  }

  /**
   * Places in texts.
   *
   * @throws IOException when a pack cannot be read
   */
  SearchTextResponse texts(UUID caller, SearchTextRequest request) throws IOException {
    String query = query(request.getQuery());
    int limit = size(request.getPageSize(), MAX_PLACES);
    UUID book =
        request.getParent().equals(ALL_BOOKS)
            ? null
            : BookName.parse("parent", request.getParent()).id();
    String list = "SearchText " + caller + " " + request.getParent() + " " + query;
    int skipped =
        request.getPageToken().isEmpty()
            ? 0
            : (int) PageToken.decode(request.getPageToken(), list).number(0);
    List<Found> found =
        database.inTransaction(caller, handle -> find(handle, caller, query, book, limit, skipped));
    SearchTextResponse.Builder response = SearchTextResponse.newBuilder();
    for (SearchTextResponse.Hit hit : hits(caller, query, first(found, limit))) {
      response.addHits(hit);
    }
    if (found.size() > limit) {
      response.setNextPageToken(PageToken.of(Integer.toString(skipped + limit)).encode(list));
    }
    return response.build();
  }

  private List<Found> find(
      Handle handle, UUID caller, String query, @Nullable UUID book, int limit, int skipped) {
    if (book != null && !books.exists(handle, caller, book)) {
      throw new BookName(book).missing();
    }
    return store.texts(handle, query, book, limit + 1, skipped);
  }

  private List<SearchTextResponse.Hit> hits(UUID caller, String query, List<Found> found)
      throws IOException {
    if (found.isEmpty()) {
      return List.of();
    }
    List<String> stretches = new ArrayList<>();
    for (Found each : found) {
      stretches.add(stretch(each));
    }
    List<List<Word>> words = stretches.stream().map(Words::of).toList();
    Set<String> meant = meant(caller, query, found, words);
    List<SearchTextResponse.Hit> hits = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      String prefix = found.get(i).language() + " ";
      List<Word> these =
          words.get(i).stream().filter(word -> meant.contains(prefix + word.text())).toList();
      hits.add(hit(found.get(i), Snippets.of(stretches.get(i), these)));
    }
    return hits;
  }

  /** Which words of the texts the query means: only Postgres knows how it cuts and stems. */
  private Set<String> meant(UUID caller, String query, List<Found> found, List<List<Word>> words) {
    return database.inTransaction(
        caller,
        handle -> {
          Set<String> beginnings =
              store.stems(handle, query).stream()
                  .map(Search::beginning)
                  .collect(Collectors.toSet());
          Set<String> candidates = new LinkedHashSet<>();
          for (int i = 0; i < found.size() && candidates.size() < MAX_CANDIDATES; i++) {
            String prefix = found.get(i).language() + " ";
            words.get(i).stream()
                .filter(word -> beginnings.contains(beginning(Words.fold(word.text()))))
                .forEach(word -> candidates.add(prefix + word.text()));
          }
          return store.meant(
              handle,
              query,
              candidates.stream().map(each -> each.substring(0, each.indexOf(' '))).toList(),
              candidates.stream().map(each -> each.substring(each.indexOf(' ') + 1)).toList());
        });
  }

  private static String beginning(String word) {
    return word.substring(0, Math.min(word.length(), COMMON_BEGINNING));
  }

  private String stretch(Found found) throws IOException {
    String text = packs.keptChapter(found.content()).getText();
    int start = text.offsetByCodePoints(0, found.start());
    return text.substring(start, text.offsetByCodePoints(start, found.end() - found.start()));
  }

  private static SearchTextResponse.Hit hit(Found found, Snippets.Snippet snippet) {
    int start = found.start() + snippet.offset();
    return SearchTextResponse.Hit.newBuilder()
        .setTitle(found.bookTitle())
        .setChapterTitle(found.chapterTitle())
        .setRange(
            TextRange.newBuilder()
                .setChapter(new BookName(found.book()).chapter(found.ordinal()))
                .setStart(start)
                .setEnd(found.start() + snippet.end()))
        .setOffset(found.chapterStart() + start)
        .setSnippet(snippet.text())
        .addAllMatches(snippet.matches())
        .setScore(found.score())
        .build();
  }

  private static <T> List<T> first(List<T> items, int limit) {
    return items.subList(0, Math.min(items.size(), limit));
  }

  private static String query(String text) {
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > MAX_QUERY
        || text.indexOf('\0') >= 0) {
      throw InvalidField.of("query", text, "1 to " + MAX_QUERY + " code points, not blank");
    }
    return text;
  }

  private static int size(int requested, int most) {
    if (requested < 0) {
      throw InvalidField.of("page_size", requested, "0 to " + most);
    }
    return requested == 0 ? DEFAULT_SIZE : Math.min(requested, most);
  }
}
