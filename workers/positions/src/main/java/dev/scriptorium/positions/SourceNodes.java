package dev.scriptorium.positions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The elements of a document that hold text, parents first, and its pieces of text, both in
 * document order. A piece of text is all that stands between two tags.
 */
final class SourceNodes {
  /** Parent of an element: its index, or -1 for the root. */
  final IntList parents = new IntList();

  /** Index of an element's name. */
  final IntList names = new IntList();

  /** From 1 among the siblings of its name. */
  final IntList counts = new IntList();

  /** From 1 among all sibling elements. */
  final IntList numbers = new IntList();

  /** Element that holds a piece of text. */
  final IntList chunkNodes = new IntList();

  /** Elements before a piece of text in its parent. */
  final IntList chunkElements = new IntList();

  /** From 1 among the pieces of text of its parent that a reader app keeps. */
  final IntList chunkIndexes = new IntList();

  final List<String> nameTable = new ArrayList<>();

  /** A document may have as many names as elements. */
  private final Map<String, Integer> nameIndexes = new HashMap<>();

  int addNode(int parent, String name, int count, int number) {
    parents.add(parent);
    Integer known = nameIndexes.putIfAbsent(name, nameTable.size());
    if (known == null) {
      nameTable.add(name);
    }
    names.add(known == null ? nameTable.size() - 1 : known);
    counts.add(count);
    numbers.add(number);
    return parents.size() - 1;
  }

  int addChunk(int node, int elementsBefore, int index) {
    chunkNodes.add(node);
    chunkElements.add(elementsBefore);
    chunkIndexes.add(index);
    return chunkNodes.size() - 1;
  }

  int chunks() {
    return chunkNodes.size();
  }

  /** Steps of a CFI from the root element to a piece of text. */
  int[] steps(int chunk) {
    int node = chunkNodes.get(chunk);
    int depth = depth(node);
    // The root itself is not a step: a path begins in it.
    int[] steps = new int[depth];
    steps[depth - 1] = 2 * chunkElements.get(chunk) + 1;
    for (int i = depth - 2; i >= 0; i--) {
      steps[i] = 2 * numbers.get(node);
      node = parents.get(node);
    }
    return steps;
  }

  String name(int node) {
    return nameTable.get(names.get(node));
  }

  private int depth(int node) {
    int depth = 0;
    for (int at = node; at >= 0; at = parents.get(at)) {
      depth++;
    }
    return depth;
  }
}
