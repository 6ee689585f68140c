package dev.scriptorium.positions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The XPointers of KOReader: element names with counts among siblings of the same name, left out
 * where there is one alone, and characters of a text whose white space is folded as ours is.
 */
record XPointers(SpinePlace spine, SourceNodes nodes, SourceRuns runs) {
  private static final int MAX_LENGTH = 10_000;
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:/body/DocFragment(?:\\[(\\d{1,6})])?|(?=/(?i:FictionBook)))"
              + "((?:/[\\w:.-]+?(?:\\[\\d{1,9}])?)*?)"
              + "(/text\\(\\)(?:\\[(\\d{1,9})])?)?(?:\\.(\\d{1,9}))?");
  private static final Pattern STEP = Pattern.compile("/([\\w:.-]+?)(?:\\[(\\d{1,9})])?(?=/|$)");

  /** Number of the document in the spine that a pointer leads into, from 1. */
  static int item(String pointer) {
    String number = parse(pointer).group(1);
    return number == null ? 1 : Integer.parseInt(number);
  }

  String of(int offset) {
    int run = runs.at(offset);
    if (run < 0) {
      return document() + "/body";
    }
    int chunk = runs.chunks.get(run);
    int node = nodes.chunkNodes.get(chunk);
    StringBuilder pointer = new StringBuilder(document()).append(path(node)).append("/text()");
    if (hasOtherText(node, chunk)) {
      pointer.append('[').append(nodes.chunkIndexes.get(chunk)).append(']');
    }
    return pointer.append('.').append(Math.min(offset, last(chunk)) - start(chunk)).toString();
  }

  /** What every pointer into the document begins with. */
  private String document() {
    if (spine.isAlone()) {
      return "/" + (nodes.nameTable.isEmpty() ? "FictionBook" : nodes.name(0));
    }
    return "/body/DocFragment[" + spine.item() + "]";
  }

  int offset(String pointer) {
    Matcher matcher = parse(pointer);
    int node = -1;
    String path = (spine.isAlone() ? "" : "/html") + matcher.group(2);
    for (Matcher step = STEP.matcher(path); step.find(); ) {
      int child = child(node, step.group(1), step.group(2) == null ? 1 : number(step.group(2)));
      if (child < 0) {
        return firstIn(node);
      }
      node = child;
    }
    int chunk = matcher.group(3) == null ? -1 : chunk(node, matcher.group(4));
    if (chunk < 0) {
      return firstIn(node);
    }
    if (runs.firstOf(chunk) == runs.firstOf(chunk + 1)) {
      return firstFrom(chunk);
    }
    int into = matcher.group(5) == null ? 0 : number(matcher.group(5));
    return Math.min(start(chunk) + into, last(chunk));
  }

  private static Matcher parse(String pointer) {
    Matcher matcher = SHAPE.matcher(pointer);
    if (pointer.length() > MAX_LENGTH || !matcher.matches()) {
      String looked = pointer.substring(0, Math.min(MAX_LENGTH, pointer.length()));
      throw MalformedPlaceException.of(SHAPE, looked, "an XPointer");
    }
    return matcher;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private String path(int node) {
    StringBuilder path = new StringBuilder();
    for (int at = node; nodes.parents.get(at) >= 0; at = nodes.parents.get(at)) {
      String step = "/" + nodes.name(at);
      path.insert(0, isAlone(at) ? step : step + "[" + nodes.counts.get(at) + "]");
    }
    return path.toString();
  }

  private boolean isAlone(int node) {
    return nodes.counts.get(node) == 1
        && child(nodes.parents.get(node), nodes.name(node), node + 1, 2) < 0;
  }

  private boolean hasOtherText(int node, int chunk) {
    for (int i = 0; i < nodes.chunks(); i++) {
      if (i != chunk && nodes.chunkNodes.get(i) == node) {
        return true;
      }
    }
    return nodes.chunkIndexes.get(chunk) > 1;
  }

  /** The child of this name and count, or the first one after it; -1 when there is none. */
  private int child(int parent, String name, int count) {
    return child(parent, name, parent + 1, count);
  }

  private int child(int parent, String name, int from, int count) {
    int wanted = nodes.nameTable.indexOf(name);
    for (int i = Math.max(0, from); i < nodes.parents.size(); i++) {
      if (nodes.parents.get(i) == parent
          && nodes.names.get(i) == wanted
          && nodes.counts.get(i) >= count) {
        return i;
      }
    }
    return -1;
  }

  /** Without an index, or with one that is unknown, the first text of the element that follows. */
  private int chunk(int node, String index) {
    int wanted = index == null ? 1 : number(index);
    for (int i = 0; i < nodes.chunks(); i++) {
      if (nodes.chunkNodes.get(i) == node && nodes.chunkIndexes.get(i) >= wanted) {
        return i;
      }
    }
    return -1;
  }

  private int firstIn(int node) {
    for (int i = 0; i < nodes.chunks(); i++) {
      if (node < 0 || isIn(nodes.chunkNodes.get(i), node)) {
        return firstFrom(i);
      }
    }
    return 0;
  }

  /** Offset of the first text in this piece or after it. */
  private int firstFrom(int chunk) {
    int run = runs.firstOf(chunk);
    if (run < runs.size()) {
      return runs.starts.get(run);
    }
    return run == 0 ? 0 : runs.end(run - 1);
  }

  private boolean isIn(int inner, int outer) {
    int at = inner;
    while (at > outer) {
      at = nodes.parents.get(at);
    }
    return at == outer;
  }

  /** Offset of the first character that a reader app keeps of a piece of text. */
  private int start(int chunk) {
    int run = runs.firstOf(chunk);
    boolean space =
        run > 0 && runs.sources.get(run) > 0 && runs.starts.get(run) - runs.end(run - 1) == 1;
    return runs.starts.get(run) - (space ? 1 : 0);
  }

  /** The last offset that belongs to a piece of text: half of the blank line after it, too. */
  private int last(int chunk) {
    int next = runs.firstOf(chunk + 1);
    int end = runs.end(next - 1);
    return next < runs.size() && runs.starts.get(next) - end > 1 ? runs.starts.get(next) - 1 : end;
  }
}
