import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands every Java file of the tree to google-java-format in one process, on the JDK we compile
 * with: a formatter inside Maven's own JVM could not parse our syntax.
 *
 * <p>Arguments: {@code --check} (exit 1 and name the files that differ) or {@code --write}, then
 * the root folder.
 */
public final class Format {
  private Format() {}

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("--write");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    arguments.addAll(sources(Path.of(args[1])));
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = new Main(out, err, System.in).format(arguments.toArray(String[]::new));
    if (code != 0 && !write) {
      err.println("The files above are not formatted: mvn -N verify -Dformat.mode=--write");
    }
    System.exit(code);
  }

  private static List<String> sources(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().matches("(.*/)?(target|\\..*)/.*"))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }
}
