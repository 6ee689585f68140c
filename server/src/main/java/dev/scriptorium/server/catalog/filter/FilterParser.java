package dev.scriptorium.server.catalog.filter;

import dev.scriptorium.server.catalog.filter.Tokens.Token;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads filters such as {@code author:shelley AND (language = en OR language = fr) AND NOT opened =
 * true}. As in AIP-160, OR binds more tightly than AND, and tests that follow one another without
 * either belong together as with AND. For one use.
 */
public final class FilterParser {
  private static final int MAX_LENGTH = 2000;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_TESTS = 50;

  private final List<Token> tokens;
  private int at;
  private int depth;
  private int tests;

  private FilterParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a filter; an empty one holds for every book.
   *
   * @throws ApiException FILTER_INVALID, with the column where it goes wrong
   */
  public static Filter parse(String source) {
    try {
      if (source.length() > MAX_LENGTH || source.indexOf('\0') >= 0) {
        throw new FilterException(1, "it has more than " + MAX_LENGTH + " characters, or U+0000");
      }
      return source.isBlank() ? Filter.EVERYTHING : new FilterParser(Tokens.of(source)).whole();
    } catch (FilterException e) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_FILTER_INVALID,
          "filter, column " + e.column() + ": " + e.getMessage(),
          Map.of(
              "column", Integer.toString(e.column()), "problem", String.valueOf(e.getMessage())));
    }
  }

  private Filter whole() throws FilterException {
    Filter filter = expression();
    if (peek().type() != Tokens.Type.END) {
      throw wrong("AND, OR, or the end was expected");
    }
    return filter;
  }

  private Filter expression() throws FilterException {
    if (++depth > MAX_DEPTH) {
      throw wrong("parentheses stand in more than " + MAX_DEPTH + " others");
    }
    List<Filter> parts = new ArrayList<>();
    parts.add(choice());
    while (peek().type() != Tokens.Type.END && peek().type() != Tokens.Type.CLOSE) {
      if (peek().is("AND")) {
        at++;
      }
      parts.add(choice());
    }
    depth--;
    return parts.size() == 1 ? parts.getFirst() : new Filter.All(parts);
  }

  private Filter choice() throws FilterException {
    List<Filter> parts = new ArrayList<>();
    parts.add(term());
    while (peek().is("OR")) {
      at++;
      parts.add(term());
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.Any(parts);
  }

  private Filter term() throws FilterException {
    if (peek().is("NOT")) {
      at++;
      return new Filter.Not(simple());
    }
    return simple();
  }

  private Filter simple() throws FilterException {
    if (peek().type() != Tokens.Type.OPEN) {
      return test();
    }
    Token open = next();
    Filter inner = expression();
    if (peek().type() != Tokens.Type.CLOSE) {
      throw new FilterException(open.column(), "the parenthesis is not closed");
    }
    at++;
    return inner;
  }

  private Filter test() throws FilterException {
    if (++tests > MAX_TESTS) {
      throw wrong("there are more than " + MAX_TESTS + " tests");
    }
    Token name = peek();
    if (name.type() != Tokens.Type.WORD || name.is("AND") || name.is("OR")) {
      throw wrong("a field was expected: one of " + Field.names());
    }
    Field field =
        Field.named(name.text())
            .orElseThrow(
                () ->
                    new FilterException(
                        name.column(),
                        "there is no field " + name.text() + ", but " + Field.names()));
    at++;
    Token operator = peek();
    if (operator.type() != Tokens.Type.OPERATOR) {
      throw wrong("an operator was expected: one of = != < <= > >= :");
    }
    at++;
    Token value = peek();
    if (value.type() != Tokens.Type.WORD && value.type() != Tokens.Type.QUOTED) {
      throw wrong("a value was expected");
    }
    at++;
    // An instant has colons in it and need not be quoted.
    return new Filter.Test(
        field, Values.operator(field, operator), Values.value(field, joined(value)));
  }

  private Token joined(Token first) {
    StringBuilder text = new StringBuilder(first.text());
    while (first.type() == Tokens.Type.WORD
        && peek().text().equals(":")
        && peek().column() == first.column() + text.codePointCount(0, text.length())
        && tokens.get(at + 1).type() == Tokens.Type.WORD
        && tokens.get(at + 1).column() == peek().column() + 1) {
      text.append(':').append(tokens.get(at + 1).text());
      at += 2;
    }
    return new Token(first.type(), text.toString(), first.column());
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(at++);
  }

  private FilterException wrong(String what) {
    return new FilterException(peek().column(), what);
  }
}
