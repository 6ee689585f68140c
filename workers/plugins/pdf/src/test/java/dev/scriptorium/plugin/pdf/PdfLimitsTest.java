package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.booktext.LimitTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PdfLimitsTest {
  @Test
  void thePageOnLimitsNamesAllWithTheirValues() throws IOException {
    String page = Files.readString(Path.of("../../LIMITS.md"));

    LimitTable.of(PdfLimits.DEFAULT)
        .forEach(
            (name, value) -> assertThat(page).contains("| `pdf.%s` | %d |".formatted(name, value)));
  }
}
