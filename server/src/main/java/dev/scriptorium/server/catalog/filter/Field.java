package dev.scriptorium.server.catalog.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a book can be asked for. In SQL the book is {@code x}. */
public enum Field {
  /** Its title. */
  TITLE(Kind.TEXT, "x.title"),
  /** A person of any role. */
  AUTHOR(Kind.TEXTS, "x.contributor_name"),
  /** A BCP 47 tag. */
  LANGUAGE(Kind.TEXTS, "x.language"),
  /** The series. */
  SERIES(Kind.TEXT, "x.series"),
  /** The publisher. */
  PUBLISHER(Kind.TEXT, "x.publisher"),
  /** A subject that the file names. */
  SUBJECT(Kind.TEXTS, "x.subject"),
  /** A genre that the owner has set. */
  GENRE(Kind.TEXTS, "x.genre"),
  /** Words of all chapters. */
  WORD_COUNT(Kind.NUMBER, "x.word_count"),
  /** Pages of a paged format. */
  PAGE_COUNT(Kind.NUMBER, "x.page_count"),
  /** Chapters. */
  CHAPTER_COUNT(Kind.NUMBER, "x.chapter_count"),
  /** When it was uploaded. */
  CREATE_TIME(Kind.TIME, "x.created_at"),
  /** When it last changed. */
  UPDATE_TIME(Kind.TIME, "x.updated_at"),
  /** Whether it has a cover. */
  HAS_COVER(Kind.TRUTH, "x.has_cover"),
  /** A tag of the owner. */
  TAG(Kind.LABEL, ""),
  /** The media type of its file. */
  MEDIA_TYPE(Kind.FILE, "f.media_type"),
  /** The size of its file in bytes. */
  SIZE_BYTES(Kind.FILE_NUMBER, "f.size_bytes"),
  /** Whether the caller has opened it. */
  OPENED(Kind.PROGRESS, ""),
  /** The part of it that the caller has read, 0 to 1. */
  FRACTION(Kind.PROGRESS_NUMBER, "");

  /** What a field holds, and with it what may be asked. */
  enum Kind {
    TEXT,
    TEXTS,
    LABEL,
    FILE,
    NUMBER,
    FILE_NUMBER,
    PROGRESS_NUMBER,
    TIME,
    TRUTH,
    PROGRESS
  }

  private final Kind kind;
  private final String column;

  Field(Kind kind, String column) {
    this.kind = kind;
    this.column = column;
  }

  Kind kind() {
    return kind;
  }

  String column() {
    return column;
  }

  /** The field of that name. */
  static Optional<Field> named(String name) {
    return Arrays.stream(values()).filter(field -> field.toString().equals(name)).findFirst();
  }

  /** All names, for an error. */
  static String names() {
    return Arrays.stream(values()).map(Field::toString).collect(Collectors.joining(", "));
  }

  /** As it is written in a filter. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
