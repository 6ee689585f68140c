package dev.scriptorium.positions;

import java.util.Arrays;

/** Bytes in a row; unlike the streams of the JDK without a lock for each of them. */
final class ByteList {
  private byte[] values;
  private int size;

  /**
   * @param expected number that is likely to be needed, at least 1
   */
  ByteList(int expected) {
    values = new byte[expected];
  }

  void add(byte value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  void add(byte[] more) {
    for (byte value : more) {
      add(value);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(values, size);
  }
}
