package dev.scriptorium.plugin.pdf;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of a book in a file between the two passes: the first reads the glyphs and
 * gathers what repeats, the second makes chapters of the lines. So a book of any length needs the
 * memory of one page. Not thread-safe.
 */
final class LineSpool implements PageStore, Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final DataOutputStream out;
  private @Nullable DataInputStream in;

  LineSpool(Path file) throws IOException {
    this.file = file;
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
  }

  @Override
  public void add(PageText page) throws IOException {
    out.writeInt(page.number());
    out.writeFloat(page.width());
    out.writeFloat(page.height());
    out.writeBoolean(page.pictures());
    out.writeBoolean(page.garbled());
    out.writeUTF(page.problem());
    out.writeInt(page.lines().size());
    for (Line line : page.lines()) {
      write(line);
    }
  }

  private void write(Line line) throws IOException {
    byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
    out.writeInt(text.length);
    out.write(text);
    out.writeFloat(line.x());
    out.writeFloat(line.endX());
    out.writeFloat(line.y());
    out.writeFloat(line.size());
    out.writeBoolean(line.bold());
    out.writeByte(line.marks().size());
    for (Line.Mark mark : line.marks()) {
      out.writeInt(mark.start());
      out.writeUTF(mark.label());
    }
  }

  @Override
  public PageText next() throws IOException {
    DataInputStream in = input();
    int number = in.readInt();
    float width = in.readFloat();
    float height = in.readFloat();
    boolean pictures = in.readBoolean();
    boolean garbled = in.readBoolean();
    String problem = in.readUTF();
    int count = in.readInt();
    List<Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(line(in));
    }
    return new PageText(number, width, height, lines, pictures, garbled, problem);
  }

  private DataInputStream input() throws IOException {
    DataInputStream input = in;
    if (input == null) {
      out.close();
      input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
      in = input;
    }
    return input;
  }

  private static Line line(DataInputStream in) throws IOException {
    String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    float x = in.readFloat();
    float endX = in.readFloat();
    float y = in.readFloat();
    float size = in.readFloat();
    boolean bold = in.readBoolean();
    int count = in.readUnsignedByte();
    List<Line.Mark> marks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      marks.add(new Line.Mark(in.readInt(), in.readUTF()));
    }
    return new Line(text, x, endX, y, size, bold, marks);
  }

  /** Closes and deletes the file. */
  @Override
  public void close() throws IOException {
    out.close();
    DataInputStream input = in;
    if (input != null) {
      input.close();
    }
    Files.deleteIfExists(file);
  }
}
