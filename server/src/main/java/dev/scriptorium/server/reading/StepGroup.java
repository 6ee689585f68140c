package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.StepStore.DeviceMove;
import dev.scriptorium.server.reading.StepStore.Entry;
import dev.scriptorium.server.reading.StepStore.Facts;
import dev.scriptorium.server.reading.StepStore.HeadMove;
import dev.scriptorium.server.reading.StepStore.KnownHead;
import dev.scriptorium.server.reading.StepStore.Made;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Steps of many readers, taken one after the other in one transaction: a handful of statements,
 * however many they are. What is wrong with one does not touch the others. For one use.
 */
final class StepGroup {
  /** What became of a step that is asked for. */
  sealed interface Fate {
    /** Nothing was written. */
    record Refused(ApiException why) implements Fate {}

    /**
     * It is in the log.
     *
     * @param bookLength code points
     */
    record Taken(Entry entry, Facts facts, long bookLength) implements Fate {}

    /** It was made before; this says what became of it then. */
    record Repeated(Made made) implements Fate {}
  }

  /** Somebody else was faster, or what was remembered is outdated: a new try sees it. */
  static final class OvertakenException extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1L;

    OvertakenException(String message) {
      super(message);
    }
  }

  private record Requested(UUID owner, UUID requestId) {}

  private final StepStore store;
  private final KnownPlaces places;
  private final Instant now;
  // In the order of their keys, in which rows are written.
  private final Map<Ask.Key, BookState> books = new TreeMap<>();
  private final Map<Requested, Made> requested = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param now what counts as the server's clock, to the microsecond
   */
  StepGroup(StepStore store, KnownPlaces places, Instant now) {
    this.store = store;
    this.places = places;
    this.now = now;
  }

  /**
   * Takes the steps; the fates are in their order.
   *
   * @param numbers for the steps, in their order
   * @param locked whether to keep others away and to look everything up; else what they do
   *     meanwhile, and what was remembered wrongly, is found out in the end
   * @throws OvertakenException the transaction must be rolled back, and begun again
   */
  List<Fate> write(Handle handle, List<Ask> asks, List<Long> numbers, boolean locked) {
    if (locked) {
      store.lock(handle, asks.stream().map(Ask::key).distinct().sorted().toList());
    }
    List<Facts> facts = locked ? store.look(handle, asks) : facts(handle, asks);
    for (int i = 0; i < asks.size(); i++) {
      books.putIfAbsent(asks.get(i).key(), new BookState(facts.get(i)));
    }
    List<Fate> fates = new ArrayList<>();
    for (int i = 0; i < asks.size(); i++) {
      fates.add(take(asks.get(i), facts.get(i), numbers.get(i)));
    }
    if (!entries.isEmpty()) {
      save(handle);
    }
    return fates;
  }

  /** What is remembered, and of the others what is looked up. */
  private List<Facts> facts(Handle handle, List<Ask> asks) {
    List<Optional<Facts>> known = places.of(asks, now);
    List<Ask> unknown =
        IntStream.range(0, asks.size())
            .filter(i -> known.get(i).isEmpty())
            .mapToObj(asks::get)
            .toList();
    Iterator<Facts> looked =
        (unknown.isEmpty() ? List.<Facts>of() : store.look(handle, unknown)).iterator();
    return known.stream().map(each -> each.orElseGet(looked::next)).toList();
  }

  private Fate take(Ask ask, Facts facts, long number) {
    try {
      Long length = facts.bookLength();
      if (length == null) {
        throw new BookName(ask.book()).missing();
      }
      Optional<Made> made = made(ask, facts);
      return made.isPresent() ? repeated(ask, made.get()) : append(ask, facts, length, number);
    } catch (ApiException e) {
      requireLooked(facts);
      return new Fate.Refused(e);
    }
  }

  /** Only who moves the reader finds out whether what was remembered is so. */
  private static void requireLooked(Facts facts) {
    if (facts.remembered()) {
      throw new OvertakenException("a step may be other than remembered");
    }
  }

  private Optional<Made> made(Ask ask, Facts facts) {
    return ask.requestId()
        .map(id -> requested.get(new Requested(ask.owner(), id)))
        .or(() -> Optional.ofNullable(facts.made()));
  }

  private static Fate repeated(Ask ask, Made made) {
    if (!made.requestHash().equals(ask.hash())) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          "the request id was used before with another step; make a new one",
          Map.of());
    }
    return new Fate.Repeated(made);
  }

  private Fate append(Ask ask, Facts facts, long length, long number) {
    BookState book = Objects.requireNonNull(books.get(ask.key()));
    Resolution.Head head = book.head();
    Step step = Requests.step(ask.request(), length, head.revision(), now);
    Resolution resolution =
        Resolution.of(
            step,
            head,
            book.othersRevision(step, facts) > step.baseRevision(),
            book.lastOfDevice(step, facts));
    boolean applied = resolution == Resolution.APPLIED;
    if (!applied) {
      requireLooked(facts);
    }
    Entry entry =
        new Entry(
            number,
            ask,
            step,
            resolution,
            applied ? head.revision() + 1 : 0,
            applied ? null : Long.valueOf(book.eventId()));
    book.add(entry, length);
    entries.add(entry);
    long headEventId = applied ? entry.eventId() : book.eventId();
    ask.requestId()
        .ifPresent(
            id ->
                requested.put(
                    new Requested(ask.owner(), id),
                    new Made(entry.eventId(), headEventId, resolution, ask.hash())));
    return new Fate.Taken(entry, facts, length);
  }

  private void save(Handle handle) {
    List<DeviceMove> devices = new ArrayList<>();
    List<HeadMove> made = new ArrayList<>();
    List<HeadMove> moved = new ArrayList<>();
    books.forEach(
        (key, book) -> {
          devices.addAll(book.deviceMoves());
          book.headMove(key).ifPresent(move -> (book.isNew() ? made : moved).add(move));
        });
    if (!store.save(handle, entries, devices, moved, now)) {
      throw new OvertakenException("a request id was used, or a place or book changed, meanwhile");
    }
    if (!made.isEmpty() && store.makeHeads(handle, made, now) < made.size()) {
      throw new OvertakenException("a book was opened meanwhile");
    }
  }

  /** One reader in one book, as the steps of the group leave it. */
  private static final class BookState {
    // The part of a book behind which it counts as finished: notes and advertisements follow.
    private static final int FIFTIETHS = 49;

    private final @Nullable KnownHead before;
    private final @Nullable Long rememberedRevision;
    private final Map<String, DeviceMove> devices = new LinkedHashMap<>();
    private @Nullable Entry applied;
    private @Nullable Instant finishedAt;

    BookState(Facts facts) {
      before = facts.head();
      rememberedRevision = facts.remembered() ? facts.bookRevision() : null;
    }

    boolean isNew() {
      return before == null;
    }

    Resolution.Head head() {
      if (applied != null) {
        Step step = applied.step();
        return new Resolution.Head(applied.revision(), step.offset(), step.eventAt());
      }
      return before == null ? new Resolution.Head(0, 0, Instant.EPOCH) : before.place();
    }

    long eventId() {
      if (applied != null) {
        return applied.eventId();
      }
      return before == null ? 0 : before.eventId();
    }

    long othersRevision(Step step, Facts facts) {
      long here =
          devices.values().stream()
              .filter(move -> !move.last().step().device().equals(step.device()))
              .mapToLong(DeviceMove::revision)
              .max()
              .orElse(0);
      return Math.max(here, facts.othersRevision());
    }

    Optional<Instant> lastOfDevice(Step step, Facts facts) {
      DeviceMove here = devices.get(step.device());
      Instant known = facts.lastOfDevice();
      if (here == null) {
        return Optional.ofNullable(known);
      }
      Instant last = here.last().step().eventAt();
      return Optional.of(known != null && known.isAfter(last) ? known : last);
    }

    void add(Entry entry, long length) {
      DeviceMove known = devices.get(entry.step().device());
      devices.put(entry.step().device(), known == null ? first(entry) : next(known, entry));
      if (entry.resolution() == Resolution.APPLIED) {
        applied = entry;
        if (finishedAt == null && length > 0 && entry.step().offset() * 50 >= length * FIFTIETHS) {
          finishedAt = entry.step().eventAt();
        }
      }
    }

    private static DeviceMove first(Entry entry) {
      return new DeviceMove(entry.ask().key(), entry, entry.revision());
    }

    private static DeviceMove next(DeviceMove known, Entry entry) {
      boolean earlier = entry.step().eventAt().isBefore(known.last().step().eventAt());
      return new DeviceMove(
          known.key(),
          earlier ? known.last() : entry,
          Math.max(entry.revision(), known.revision()));
    }

    List<DeviceMove> deviceMoves() {
      return List.copyOf(devices.values());
    }

    Optional<HeadMove> headMove(Ask.Key key) {
      return Optional.ofNullable(applied)
          .map(
              entry ->
                  new HeadMove(
                      key,
                      before == null ? 0 : before.eventId(),
                      rememberedRevision,
                      entry,
                      finishedAt));
    }
  }
}
