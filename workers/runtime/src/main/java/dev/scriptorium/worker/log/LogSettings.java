package dev.scriptorium.worker.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Says what is logged and where: one line an event, to standard error, because a runner's standard
 * output carries frames. In code and not in XML, which takes every runner some 70 ms of its start.
 * The level is that of the variable {@code SCRIPTORIUM_LOG_LEVEL}, INFO by default.
 */
public final class LogSettings extends ContextAwareBase implements Configurator {
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

  /** For logback, which finds it by its name. */
  public LogSettings() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    context.getLogger("io.grpc").setLevel(Level.WARN);
    // These write pieces of the book into their messages, and one message an operator of a page.
    context.getLogger("org.apache.pdfbox").setLevel(Level.OFF);
    context.getLogger("org.apache.fontbox").setLevel(Level.OFF);
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(System.getenv("SCRIPTORIUM_LOG_LEVEL"), Level.INFO));
    root.addAppender(standardError(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
