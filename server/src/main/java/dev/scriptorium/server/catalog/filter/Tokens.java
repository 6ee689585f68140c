package dev.scriptorium.server.catalog.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into tokens. */
final class Tokens {
  private static final String OPERATORS = "=!<>:";

  /** What a token is. */
  enum Type {
    WORD,
    QUOTED,
    OPERATOR,
    OPEN,
    CLOSE,
    END
  }

  /**
   * @param text the word, the quoted text without quotes, or the operator
   * @param column where it begins, from 1, in code points
   */
  record Token(Type type, String text, int column) {
    boolean is(String keyword) {
      return type == Type.WORD && text.equals(keyword);
    }
  }

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String source) {
    this.source = source;
  }

  /**
   * The tokens, the last of them {@code END}.
   *
   * @throws FilterException for a quote that does not end, or a character that means nothing
   */
  static List<Token> of(String source) throws FilterException {
    return new Tokens(source).read();
  }

  private List<Token> read() throws FilterException {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '(' || c == ')') {
        add(c == '(' ? Type.OPEN : Type.CLOSE, at, at + 1);
      } else if (c == '"') {
        quoted();
      } else if (OPERATORS.indexOf(c) >= 0) {
        operator();
      } else {
        word();
      }
    }
    tokens.add(new Token(Type.END, "", column(at)));
    return tokens;
  }

  private void operator() throws FilterException {
    boolean two = at + 1 < source.length() && source.charAt(at + 1) == '=';
    String operator = source.substring(at, two ? at + 2 : at + 1);
    if (!List.of("=", "!=", "<", "<=", ">", ">=", ":").contains(operator)) {
      throw new FilterException(column(at), "\"" + operator + "\" is no operator");
    }
    add(Type.OPERATOR, at, at + operator.length());
  }

  private void quoted() throws FilterException {
    int start = at;
    StringBuilder text = new StringBuilder();
    for (at++; at < source.length() && source.charAt(at) != '"'; at++) {
      if (source.charAt(at) == '\\' && at + 1 < source.length()) {
        at++;
      }
      text.append(source.charAt(at));
    }
    if (at == source.length()) {
      throw new FilterException(column(start), "the quote does not end");
    }
    at++;
    tokens.add(new Token(Type.QUOTED, text.toString(), column(start)));
  }

  private void word() {
    int end = at;
    while (end < source.length()
        && !Character.isWhitespace(source.charAt(end))
        && "()\"=!<>:".indexOf(source.charAt(end)) < 0) {
      end++;
    }
    add(Type.WORD, at, end);
  }

  private void add(Type type, int start, int end) {
    tokens.add(new Token(type, source.substring(start, end), column(start)));
    at = end;
  }

  private int column(int index) {
    return source.codePointCount(0, index) + 1;
  }
}
