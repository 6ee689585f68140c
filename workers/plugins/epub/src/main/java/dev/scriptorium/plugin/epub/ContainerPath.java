package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.HtmlAllowList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A place in the container: a path from its root, and the id of an element there. A path is a key
 * and never that of a file.
 *
 * @param path without a leading slash; empty for the root
 * @param fragment empty when none
 */
record ContainerPath(String path, String fragment) {

  /**
   * Resolves an address as a URL parser does: {@code ..} stops at the root, {@code /} is the root.
   *
   * @param base path of the document that holds the address
   * @return nothing when it names a scheme or a host, and so is not in the container
   */
  static Optional<ContainerPath> resolve(String base, String href) {
    String address = href.strip();
    if (HtmlAllowList.hasScheme(address)) {
      return Optional.empty();
    }
    int hash = address.indexOf('#');
    String fragment = hash < 0 ? "" : decode(address.substring(hash + 1));
    String path = hash < 0 ? address : address.substring(0, hash);
    int query = path.indexOf('?');
    path = decode(query < 0 ? path : path.substring(0, query));
    if (path.isEmpty()) {
      return Optional.of(new ContainerPath(base, fragment));
    }
    String folder = path.startsWith("/") ? "" : base.substring(0, base.lastIndexOf('/') + 1);
    return Optional.of(new ContainerPath(normalise(folder + path), fragment));
  }

  /** The path, and the fragment when there is one. */
  String address() {
    return fragment.isEmpty() ? path : path + "#" + fragment;
  }

  private static String normalise(String path) {
    boolean plain = !path.startsWith(".") && !path.contains("/.") && !path.contains("//");
    if (plain && !path.startsWith("/") && !path.endsWith("/")) {
      return path;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** Percent decoding that leaves alone what is no escape. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
