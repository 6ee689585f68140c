package dev.scriptorium.loadtest.reading;

import com.google.common.util.concurrent.ListenableFuture;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.server.identity.ApiKey;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Readers with an account, a key and a book each, who turn pages. Written past the server. */
final class Readers implements AutoCloseable {
  private static final int BOOK_LENGTH = 500_000;
  private static final int CHAPTERS = 40;
  private static final int CHANNELS = 8;

  private static final String ACCOUNT =
      """
      with owner as (
          insert into scriptorium.account (id, name) values (?, ?) returning id)
      insert into scriptorium.api_key (id, owner_id, role, secret_sha256, label, created_at)
      select ?, owner.id, 'READER', ?, 'load test', now() from owner
      """;
  private static final String BOOK =
      """
      insert into scriptorium.book (book_id, owner_id, title, code_points, chapter_count, created_at,
        updated_at)
      values (?, ?, 'Load', %d, %d, now(), now())
      """
          .formatted(BOOK_LENGTH, CHAPTERS);
  private static final String CHAPTER =
      """
      insert into scriptorium.chapter (book_id, ordinal, owner_id, title, source, word_count,
        code_points, start_offset, language, linear, first_page, last_page, pack_offset,
        pack_length, sha256)
      select ?, n, ?, 'x', 'x', 1, %d, (n - 1) * %d, '', true, 0, 0, 4, 1, 'x'
      from generate_series(1, %d) as s (n)
      """
          .formatted(BOOK_LENGTH / CHAPTERS, BOOK_LENGTH / CHAPTERS, CHAPTERS);

  private record Reader(ReadingGrpc.ReadingFutureStub stub, String progress) {}

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private final Connection database;

  private Readers(Connection database) {
    this.database = database;
  }

  /** Makes readers on a server. */
  static Readers create(LoneServer server, int count) throws IOException, SQLException {
    Readers readers =
        new Readers(
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.databasePort() + "/postgres",
                "scriptorium",
                server.databasePassword()));
    for (int i = 0; i < CHANNELS; i++) {
      readers.channels.add(
          NettyChannelBuilder.forTarget(server.address()).usePlaintext().directExecutor().build());
    }
    for (int i = 0; i < count; i++) {
      readers.add(readers.channels.get(i % CHANNELS));
    }
    readers.execute("analyze");
    return readers;
  }

  private void add(ManagedChannel channel) throws SQLException {
    UUID account = UUID.randomUUID();
    UUID book = UUID.randomUUID();
    ApiKey key = ApiKey.generate(Role.READER, new SecureRandom());
    update(
        ACCOUNT,
        account,
        account.toString(),
        key.id(),
        HexFormat.of().parseHex(key.secretHash().hex()));
    update(BOOK, book, account);
    update(CHAPTER, book, account);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key.text());
    readers.add(
        new Reader(
            ReadingGrpc.newFutureStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)),
            "books/" + book + "/progress"));
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /** The n-th page is turned: readers take turns, each of them knows nothing but its own steps. */
  ListenableFuture<UpdateProgressResponse> turnPage(int number) {
    Reader reader = readers.get(number % readers.size());
    int page = number / readers.size();
    return reader
        .stub()
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(reader.progress())
                .setDevice("phone")
                .setOffset(page * 1500L % BOOK_LENGTH)
                .setRequestId(new UUID(number, readers.hashCode()).toString())
                .build());
  }

  /** Steps that are in the log. */
  long steps() throws SQLException {
    return number("select count(*) from scriptorium.progress_event");
  }

  /** Whether a commit waits for the disk. */
  String durability() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('fsync') || ', synchronous_commit '"
                    + " || current_setting('synchronous_commit')")) {
      row.next();
      return "fsync " + row.getString(1);
    }
  }

  /** Transactions that were committed so far, of everybody. */
  long commits() throws SQLException {
    return number("select sum(xact_commit) from pg_stat_database");
  }

  /** A statement of the server and what it took. */
  record Cost(String statement, long calls, double meanMillis, double totalMillis) {}

  /** Forgets what statements have taken. */
  void resetCosts() throws SQLException {
    execute("select pg_stat_statements_reset()");
  }

  /** What took most of the database's time. */
  List<Cost> costs() throws SQLException {
    List<Cost> costs = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select regexp_replace(left(query, 60), '[[:space:]]+', ' ', 'g'), calls, mean_exec_time,
                  total_exec_time + total_plan_time
                from pg_stat_statements
                order by 4 desc
                limit 8
                """)) {
      while (rows.next()) {
        costs.add(
            new Cost(rows.getString(1), rows.getLong(2), rows.getDouble(3), rows.getDouble(4)));
      }
    }
    return costs;
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    channels.forEach(ManagedChannel::shutdownNow);
    database.close();
  }
}
