package dev.scriptorium.plugin.pdf;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes samples as a PNG, as they are.
 *
 * @param bits of a sample: 1, 2, 4 or 8; 8 when there are three components
 * @param components 1 or 3
 * @param palette red, green and blue of each value of a sample; empty when samples are colours
 *     themselves
 */
@SuppressWarnings("ArrayRecordComponent")
record PngWriter(int width, int height, int bits, int components, byte[] palette) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int INDEXED = 3;

  /**
   * Writes the picture.
   *
   * @param samples row by row, each of whole bytes; what is missing at the end is black
   * @param row bytes of a row
   */
  void write(byte[] samples, int row, OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    out.write(SIGNATURE);
    chunk(out, "IHDR", header());
    if (palette.length > 0) {
      chunk(out, "PLTE", palette);
    }
    chunk(out, "IDAT", data(samples, row));
    chunk(out, "IEND", new byte[0]);
  }

  private byte[] header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(bytes);
    header.writeInt(width);
    header.writeInt(height);
    header.writeByte(bits);
    header.writeByte(palette.length > 0 ? INDEXED : components == 3 ? RGB : GRAY);
    header.write(new byte[3]);
    return bytes.toByteArray();
  }

  private byte[] data(byte[] samples, int row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      byte[] empty = new byte[row];
      for (int y = 0; y < height; y++) {
        // No filter.
        out.write(0);
        int from = y * row;
        int there = Math.clamp(samples.length - from, 0, row);
        out.write(samples, Math.min(from, samples.length), there);
        out.write(empty, 0, row - there);
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) sum.getValue());
  }
}
