package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;

/** What becomes of a job when it runs; its payload says so. */
enum Nature {
  /** Succeeds. */
  HONEST(1),
  /** Succeeds, and another job follows from its result. */
  FERTILE(2),
  /** Fails now and then. */
  FLAKY(3),
  /** Fails for good. */
  BROKEN(4),
  /** Ends its runner, always. */
  POISON(5),
  /** Never ends by itself. */
  ENDLESS(6);

  private final int code;

  Nature(int code) {
    this.code = code;
  }

  ByteString payload(int millis) {
    return ByteString.copyFrom(new byte[] {(byte) code, (byte) (millis / 50)});
  }

  static Nature of(ByteString payload) {
    for (Nature nature : values()) {
      if (nature.code == payload.byteAt(0)) {
        return nature;
      }
    }
    throw new IllegalArgumentException("no nature " + payload.byteAt(0));
  }

  /** A job of one of two owners that compete; it is honest. */
  static ByteString ofRival(int owner, int millis) {
    return ByteString.copyFrom(new byte[] {(byte) HONEST.code, (byte) (millis / 50), (byte) owner});
  }

  /** Which of the two owners; 0 for none. */
  static int rival(ByteString payload) {
    return payload.size() > 2 ? payload.byteAt(2) : 0;
  }

  static int millis(ByteString payload) {
    return 50 * (payload.byteAt(1) & 0xff);
  }
}
