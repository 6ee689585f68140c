package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.worker.v1.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds what a job reads: files of its book, and results of the jobs it waited for. */
final class InputFinder {
  private final Transactions transactions;
  private final JobInputs books;
  private final OutcomeStore outcomes;
  private final JobSettings settings;

  InputFinder(
      Transactions transactions, JobInputs books, OutcomeStore outcomes, JobSettings settings) {
    this.transactions = transactions;
    this.books = books;
    this.outcomes = outcomes;
    this.settings = settings;
  }

  /** Empty when the book is gone. */
  Optional<AttemptInputs> of(Job job) {
    if (!job.hasBook()) {
      return Optional.of(AttemptInputs.NONE);
    }
    return transactions.inTransaction(
        handle -> books.of(handle, job).map(book -> inputs(handle, job, book)));
  }

  /** What earlier attempts have saved; empty when they have not. */
  ByteString checkpoint(Job job) {
    return transactions.inTransaction(handle -> outcomes.checkpoint(handle, job.id()));
  }

  private AttemptInputs inputs(Handle handle, Job job, BookInputs book) {
    List<AttemptInputs.Piece> pieces = new ArrayList<>();
    switch (settings.kind(job.kind()).reads()) {
      case FILE -> pieces.add(new AttemptInputs.Piece(Input.Kind.KIND_BOOK_FILE, book.file()));
      case PACK -> pieces.add(pack(job, book));
      case PACK_AND_RESULTS -> {
        pieces.add(pack(job, book));
        pieces.addAll(results(handle, job));
      }
    }
    return new AttemptInputs(book.fileName(), book.language(), pieces);
  }

  private static AttemptInputs.Piece pack(Job job, BookInputs book) {
    StoredBlob pack = book.pack();
    if (pack == null) {
      throw new IllegalStateException(
          "book " + job.book() + " of job " + job.id() + " has no pack");
    }
    return new AttemptInputs.Piece(Input.Kind.KIND_PACK, pack);
  }

  private List<AttemptInputs.Piece> results(Handle handle, Job job) {
    Map<Long, StoredBlob> results = outcomes.results(handle, job.after());
    return job.after().stream()
        .flatMap(id -> Optional.ofNullable(results.get(id)).stream())
        .map(blob -> new AttemptInputs.Piece(Input.Kind.KIND_RESULT, blob))
        .toList();
  }
}
