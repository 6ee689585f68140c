package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.analysis.text.Token;
import java.util.List;

/**
 * A sequence of capitalised tokens that may be a name.
 *
 * @param tokens not empty
 * @param initial true when its first word would have a capital anyway
 * @param person what speaks for a character where it stands
 * @param place what speaks for a place where it stands
 * @param thing what speaks for neither
 */
record NameSpan(List<Token> tokens, boolean initial, double person, double place, double thing) {
  NameSpan {
    tokens = List.copyOf(tokens);
  }

  /** The same without its first tokens. */
  NameSpan without(int first) {
    return new NameSpan(tokens.subList(first, tokens.size()), false, person, place, thing);
  }

  int start() {
    return tokens.getFirst().start();
  }
}
