package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Whether what the pages say can be done: their commands parse, their links lead somewhere. */
class DocumentationTest {
  private static final Path ROOT = SourceTree.root();
  private static final Pattern CODE = Pattern.compile("^(\\$ |ops/bin/)?(scriptorium .*)$");
  private static final Pattern INLINE = Pattern.compile("`(scriptorium [^`]+)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  @TempDir private Path home = Path.of("");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md")) {
      pages.add(ROOT.resolve(name));
    }
    try (Stream<Path> runbooks = Files.list(ROOT.resolve("ops/runbooks"))) {
      runbooks.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @Test
  void everyCommandParses() throws IOException {
    List<String> commands = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Path page : pages()) {
      for (String command : commandsOf(page)) {
        commands.add(command);
        complaint(command)
            .forEach(text -> wrong.add(ROOT.relativize(page) + ": " + command + ": " + text));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(commands).hasSizeGreaterThan(40);
  }

  private static List<String> commandsOf(Path page) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(page)) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (code) {
        Matcher matcher = CODE.matcher(line.strip());
        if (matcher.matches()) {
          commands.add(matcher.group(2));
        }
      } else {
        INLINE.matcher(line).results().map(result -> result.group(1)).forEach(commands::add);
      }
    }
    return commands;
  }

  /** What the command line has to say against a command; empty when it takes it. */
  private List<String> complaint(String command) {
    Shell shell = CommandRun.shell(home);
    try {
      CommandLine.ParseResult result = CommandTree.of(shell).parseArgs(words(command));
      return result.hasSubcommand() ? List.of() : List.of("no command");
    } catch (ParameterException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** Up to a comment, a pipe or a redirection. */
  private static String[] words(String command) {
    return WORD.matcher(command)
        .results()
        .map(MatchResult::group)
        .takeWhile(word -> !word.matches("[#|>&;].*"))
        .map(word -> word.replaceAll("^[\"']|[\"']$", ""))
        .skip(1)
        .toArray(String[]::new);
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      LINK.matcher(Files.readString(page))
          .results()
          .map(result -> result.group(1))
          .filter(target -> !target.contains(":"))
          .filter(target -> !Files.exists(page.resolveSibling(target)))
          .forEach(target -> dead.add(ROOT.relativize(page) + ": " + target));
    }

    assertThat(dead).isEmpty();
  }

  @Test
  void everyRunbookIsInTheIndex() throws IOException {
    String index = Files.readString(ROOT.resolve("ops/runbooks/README.md"));

    assertThat(pages())
        .filteredOn(page -> page.startsWith(ROOT.resolve("ops/runbooks")))
        .map(page -> String.valueOf(page.getFileName()))
        .filteredOn(name -> !name.equals("README.md"))
        .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
  }
}
