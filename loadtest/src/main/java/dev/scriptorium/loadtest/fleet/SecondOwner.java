package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.server.identity.ApiKey;
import dev.scriptorium.server.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;

/** Another account with a key. The server makes only one itself: this one is written past it. */
final class SecondOwner {
  private static final String INSERT =
      """
      with owner as (
          insert into scriptorium.account (id, name, role) values (?, ?, 'OPERATOR') returning id)
      insert into scriptorium.api_key (id, owner_id, role, secret_sha256, label, created_at)
      select ?, owner.id, 'OPERATOR', ?, 'load test', now() from owner
      """;

  private SecondOwner() {}

  /** Makes an account in the database of a server; its key. */
  static String create(TestSystem system) throws IOException, SQLException {
    UUID account = UUID.randomUUID();
    ApiKey key = ApiKey.generate(Role.OPERATOR, new SecureRandom());
    Path postgres = system.dataDir().resolve("pg");
    String url =
        "jdbc:postgresql://127.0.0.1:" + Files.readString(postgres.resolve("port")).strip() + "/";
    String password = Files.readString(postgres.resolve("secret")).strip();
    try (Connection connection =
            DriverManager.getConnection(url + "postgres", "scriptorium", password);
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, account);
      statement.setString(2, account.toString());
      statement.setString(3, key.id());
      statement.setBytes(4, HexFormat.of().parseHex(key.secretHash().hex()));
      statement.executeUpdate();
    }
    return key.text();
  }
}
