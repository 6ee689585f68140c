package dev.scriptorium.plugin;

import java.io.Serial;

/** The expected way of a handler to say no. The message is shown to the book's owner. */
public final class JobFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String limit;

  /**
   * @param reason what is wrong
   * @param message one sentence that names the cause; the file's name is added by the caller
   */
  public JobFailure(Reason reason, String message) {
    this(reason, message, "");
  }

  /**
   * @param limit the limit that was reached, for example {@code entries=10000}; empty when none was
   */
  public JobFailure(Reason reason, String message, String limit) {
    super(message);
    this.reason = reason;
    this.limit = limit;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** The limit that was reached; empty when none was. */
  public String limit() {
    return limit;
  }

  /** What can be wrong with an input. The names are those of the API's ErrorReason. */
  public enum Reason {
    /** The file has no bytes. */
    FILE_EMPTY,
    /** The file is damaged and cannot be read as what it is. */
    FILE_CORRUPT,
    /** The content is of another format. */
    FORMAT_UNSUPPORTED,
    /** The file needs a password. */
    PASSWORD_REQUIRED,
    /** The file is protected by a DRM scheme; the message names it. */
    DRM_PROTECTED,
    /** A limit on hostile input was reached; see {@link JobFailure#limit()}. */
    LIMIT_EXCEEDED,
    /** The file holds no readable text. */
    NO_TEXT
  }
}
