package dev.scriptorium.server.identity;

import java.math.BigInteger;

/** Digits and letters alone, so that a key is one word wherever it is pasted. */
final class Base62 {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  private Base62() {}

  /**
   * Bytes as one unsigned big-endian number.
   *
   * @param length digits of the result, filled up with zeros; enough for the bytes
   */
  static String encode(byte[] bytes, int length) {
    BigInteger number = new BigInteger(1, bytes);
    char[] digits = new char[length];
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = number.divideAndRemainder(BASE);
      digits[i] = DIGITS.charAt(parts[1].intValue());
      number = parts[0];
    }
    if (number.signum() != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes do not fit " + length + " digits");
    }
    return new String(digits);
  }
}
