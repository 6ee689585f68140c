package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * Says where the library's tokenizer cuts a chunk of text, with the parameters of its model laid
 * out by characters and pairs of them instead of by names. What is observed at a place is what the
 * library observes (both parts of the chunk, two characters on either side and what they are),
 * added in the same order, so that every sum has the same bits. Immutable and shared by all
 * threads.
 */
final class CutParameters {
  // Characters with rows of their own; the few others of English text are looked up by name.
  private static final int CHARACTERS = 256;

  private static final String[] PLACES = {"p1", "p2", "f1", "f2"};

  private final Map<String, Context> parameters;
  private final int cut;
  private final Map<String, Pull> before = new HashMap<>();
  private final Map<String, Pull> after = new HashMap<>();
  private final Map<Integer, Pull> twoBefore = new HashMap<>();
  private final Map<Integer, Pull> across = new HashMap<>();
  private final Map<Integer, Pull> twoAfter = new HashMap<>();
  private final Pull[][][] characters = new Pull[PLACES.length][CHARACTERS][];
  private final Pull noSecondBefore;
  private final Pull noSecondAfter;
  private final Pull reference;

  private CutParameters(Map<String, Context> parameters, String[] outcomes) {
    this.parameters = parameters;
    this.cut = outcomes[0].equals(TokenizerME.SPLIT) ? 0 : 1;
    parameters.forEach(this::layOut);
    for (int place = 0; place < PLACES.length; place++) {
      for (char c = 0; c < CHARACTERS; c++) {
        characters[place][c] = lookUp(place, c);
      }
    }
    this.noSecondBefore = pull("p2=bok");
    this.noSecondAfter = pull("f2=bok");
    this.reference = pull("cc");
  }

  /**
   * Takes the parameters out of a model.
   *
   * @throws IOException when it is not a maximum entropy model of two outcomes
   */
  @SuppressWarnings("unchecked") // The library gives its map as an object.
  static CutParameters of(TokenizerModel model) throws IOException {
    if (!(model.getMaxentModel() instanceof GISModel maxent) || maxent.getNumOutcomes() != 2) {
      throw new IOException("The model of tokens is not a maximum entropy model of two outcomes");
    }
    Object[] structures = maxent.getDataStructures();
    return new CutParameters((Map<String, Context>) structures[1], (String[]) structures[2]);
  }

  private void layOut(String name, Context context) {
    int end = name.indexOf('=') + 1;
    String seen = name.substring(end);
    switch (name.substring(0, end)) {
      case "p=" -> before.put(seen, pull(context));
      case "s=" -> after.put(seen, pull(context));
      case "p21=" -> twoBefore.put(pair(seen, 0), pull(context));
      case "p1f1=" -> across.put(pair(seen, 0), pull(context));
      case "f12=" -> twoAfter.put(pair(seen, 0), pull(context));
      default -> {}
    }
  }

  /**
   * True when a token ends before {@code index} of a chunk.
   *
   * @param chunk without spaces
   * @param index from 1 to the last of the chunk
   */
  boolean cutsAt(String chunk, int index) {
    Pull.Sums sums = new Pull.Sums();
    sums.add(before.getOrDefault(chunk.substring(0, index), Pull.NONE));
    sums.add(after.getOrDefault(chunk.substring(index), Pull.NONE));
    sums.add(character(0, chunk.charAt(index - 1)));
    if (index > 1) {
      sums.add(character(1, chunk.charAt(index - 2)));
      sums.add(twoBefore.getOrDefault(pair(chunk, index - 2), Pull.NONE));
    } else {
      sums.add(noSecondBefore);
    }
    sums.add(across.getOrDefault(pair(chunk, index - 1), Pull.NONE));
    sums.add(character(2, chunk.charAt(index)));
    if (index + 1 < chunk.length()) {
      sums.add(character(3, chunk.charAt(index + 1)));
      sums.add(twoAfter.getOrDefault(pair(chunk, index), Pull.NONE));
    } else {
      sums.add(noSecondAfter);
    }
    if (chunk.charAt(0) == '&' && chunk.charAt(chunk.length() - 1) == ';') {
      sums.add(reference);
    }
    return sums.saysYes(cut);
  }

  private Pull[] character(int place, char c) {
    return c < CHARACTERS ? characters[place][c] : lookUp(place, c);
  }

  private Pull[] lookUp(int place, char c) {
    String key = PLACES[place];
    List<Pull> pulls = new ArrayList<>();
    pulls.add(pull(key + "=" + c));
    if (Character.isLetter(c)) {
      pulls.add(pull(key + "_alpha"));
      if (Character.isUpperCase(c)) {
        pulls.add(pull(key + "_caps"));
      }
    } else if (Character.isDigit(c)) {
      pulls.add(pull(key + "_num"));
    } else {
      switch (c) {
        case '.', '?', '!' -> pulls.add(pull(key + "_eos"));
        case '`', '"', '\'' -> pulls.add(pull(key + "_quote"));
        case '[', '{', '(' -> pulls.add(pull(key + "_lp"));
        case ']', '}', ')' -> pulls.add(pull(key + "_rp"));
        default -> {}
      }
    }
    return pulls.toArray(Pull[]::new);
  }

  private Pull pull(String name) {
    Context context = parameters.get(name);
    return context == null ? Pull.NONE : pull(context);
  }

  private Pull pull(Context context) {
    return Pull.of(context, cut);
  }

  private static int pair(String text, int index) {
    return text.charAt(index) << 16 | text.charAt(index + 1);
  }
}
