package dev.scriptorium.positions;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes and reads source maps: numbers as varints, as differences from the ones before. */
final class SourceMapCodec {
  private static final int VERSION = 1;

  private SourceMapCodec() {}

  static byte[] encode(SourceMap map) {
    ByteList out = new ByteList(64 + 4 * map.runs().size());
    write(out, VERSION);
    write(out, map.spine().spineElement());
    write(out, map.spine().item());
    writeNodes(out, map.nodes());
    writeRuns(out, map.runs());
    return out.toByteArray();
  }

  static SourceMap decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      check(read(in) == VERSION, "version");
      SpinePlace spine = new SpinePlace(read(in), read(in));
      SourceNodes nodes = readNodes(in);
      return new SourceMap(spine, nodes, readRuns(in, nodes.chunks()));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a source map that ends early", e);
    }
  }

  private static void writeNodes(ByteList out, SourceNodes nodes) {
    write(out, nodes.nameTable.size());
    for (String name : nodes.nameTable) {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      write(out, utf8.length);
      out.add(utf8);
    }
    write(out, nodes.parents.size());
    for (int i = 0; i < nodes.parents.size(); i++) {
      write(out, i - nodes.parents.get(i));
      write(out, nodes.names.get(i));
      write(out, nodes.counts.get(i));
      write(out, nodes.numbers.get(i));
    }
    write(out, nodes.chunks());
    for (int i = 0, node = 0; i < nodes.chunks(); node = nodes.chunkNodes.get(i++)) {
      write(out, zigzag(nodes.chunkNodes.get(i) - node));
      write(out, nodes.chunkElements.get(i));
      write(out, nodes.chunkIndexes.get(i));
    }
  }

  private static SourceNodes readNodes(ByteBuffer in) {
    SourceNodes nodes = new SourceNodes();
    for (int i = read(in); i > 0; i--) {
      int length = read(in);
      check(length <= in.remaining(), "name");
      byte[] utf8 = new byte[length];
      in.get(utf8);
      nodes.nameTable.add(new String(utf8, StandardCharsets.UTF_8));
    }
    int count = read(in);
    for (int i = 0; i < count; i++) {
      int parent = i - read(in);
      int name = read(in);
      check(parent >= -1 && parent < i && name < nodes.nameTable.size(), "element");
      nodes.parents.add(parent);
      nodes.names.add(name);
      nodes.counts.add(read(in));
      nodes.numbers.add(read(in));
    }
    int node = 0;
    for (int i = read(in); i > 0; i--) {
      node += unzigzag(read(in));
      check(node >= 0 && node < count, "text");
      nodes.addChunk(node, read(in), read(in));
    }
    return nodes;
  }

  private static void writeRuns(ByteList out, SourceRuns runs) {
    write(out, runs.size());
    int chunk = 0;
    int end = 0;
    int source = 0;
    for (int i = 0; i < runs.size(); i++) {
      boolean same = runs.chunks.get(i) == chunk;
      write(out, runs.chunks.get(i) - chunk);
      write(out, runs.starts.get(i) - end);
      write(out, runs.lengths.get(i));
      write(out, zigzag(runs.sources.get(i) - (same ? source : 0)));
      chunk = runs.chunks.get(i);
      end = runs.end(i);
      source = runs.sources.get(i) + runs.lengths.get(i);
    }
  }

  private static SourceRuns readRuns(ByteBuffer in, int chunks) {
    SourceRuns runs = new SourceRuns();
    int chunk = 0;
    int end = 0;
    int source = 0;
    for (int i = read(in); i > 0; i--) {
      int step = read(in);
      chunk += step;
      int start = end + read(in);
      int length = read(in);
      int at = unzigzag(read(in)) + (step == 0 ? source : 0);
      end = start + length;
      source = at + length;
      check(chunk < chunks && start >= 0 && end >= start && at >= 0, "run");
      runs.add(start, length, chunk, at);
    }
    return runs;
  }

  private static void write(ByteList out, int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.add((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.add((byte) rest);
  }

  /** At least 0: what a map holds is never negative. */
  private static int read(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        check(value >= 0, "number");
        return value;
      }
    }
    throw new IllegalArgumentException("a source map with a number too long");
  }

  private static int zigzag(int value) {
    return (value << 1) ^ (value >> 31);
  }

  private static int unzigzag(int value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException("a source map with a wrong " + what);
    }
  }
}
