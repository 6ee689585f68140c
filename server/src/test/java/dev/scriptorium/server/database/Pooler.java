package dev.scriptorium.server.database;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Lends sessions as a pooler in transaction mode does: every transaction gets another one, of which
 * nothing is left from the last, and no statement stays prepared.
 */
final class Pooler implements DataSource {
  private static final int SESSIONS = 6;

  private final Login login;
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private int opened;

  Pooler(Login login) {
    this.login = login;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection session = next();
    return (Connection)
        Proxy.newProxyInstance(
            Pooler.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("close")) {
                giveBack(session);
                return null;
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Connection next() throws SQLException {
    synchronized (this) {
      if (opened < SESSIONS) {
        opened++;
        String separator = login.url().contains("?") ? "&" : "?";
        return DriverManager.getConnection(
            login.url() + separator + "prepareThreshold=0", login.user(), login.password());
      }
    }
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private void giveBack(Connection session) throws SQLException {
    session.setAutoCommit(true);
    try (Statement statement = session.createStatement()) {
      statement.execute("discard all");
    }
    idle.add(session);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return false;
  }
}
