package dev.scriptorium.samples.epub;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Draws the pictures of the book by their file names, always the same. */
final class Pictures {
  static final String COVER = "cover.jpg";
  static final int COVER_WIDTH = 900;
  static final int COVER_HEIGHT = 1350;

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;

  private Pictures() {}

  /** Id of a picture in the manifest. */
  static String id(String name) {
    return "picture-" + name.replaceAll("\\..*", "");
  }

  static Resource resource(String id, String name) {
    return switch (name) {
      case COVER -> raster(id, name, COVER_WIDTH, COVER_HEIGHT, Seascapes::cover);
      case "harbour.png" -> raster(id, name, WIDTH, HEIGHT, Seascapes::harbour);
      case "ebb.png" -> raster(id, name, WIDTH, HEIGHT, Seascapes::ebb);
      case "light.jpg" -> raster(id, name, WIDTH, HEIGHT, Seascapes::light);
      case "map.svg" -> vector(id, name, Diagrams.map());
      case "curve.svg" -> vector(id, name, Diagrams.curve());
      case "page.svg" -> vector(id, name, Diagrams.page());
      default -> throw new IllegalArgumentException("Nobody draws " + name);
    };
  }

  private static Resource vector(String id, String name, String svg) {
    byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
    return new Resource(id, "images/" + name, "image/svg+xml", "", bytes);
  }

  private static Resource raster(
      String id, String name, int width, int height, Consumer<Canvas> artist) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    artist.accept(new Canvas(graphics, width, height));
    graphics.dispose();
    boolean jpeg = name.endsWith(".jpg");
    return new Resource(
        id,
        "images/" + name,
        jpeg ? "image/jpeg" : "image/png",
        "",
        encoded(image, jpeg ? "jpg" : "png"));
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("This JDK writes no " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
