package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether every method says what a caller has to know. */
class ContractTest {
  private static final Pattern PERMISSION = Pattern.compile("Permission( for every method)?: ");
  private static final Pattern ERRORS = Pattern.compile("\\b[Ee]rrors?\\b|may answer");
  private static final Pattern REPEATING =
      Pattern.compile("Idempotency: |\\b[Rr]epeat|Reads only|\\btwice\\b");
  private static final Pattern ORDER =
      Pattern.compile("Order: |\\bfirst\\b|\\border\\b|\\bby [a-z ]*\\b|as they happen");

  @Test
  void everyMethodSaysWhoMayCallItItsErrorsWhetherItMayBeRepeatedAndHasAnExample()
      throws Exception {
    List<Contract.Method> ours = Contract.methods().stream().filter(Contract.Method::ours).toList();

    assertThat(ours).hasSizeGreaterThan(40);
    for (Contract.Method method : ours) {
      assertThat(method.comment()).as(method.name()).containsPattern(PERMISSION);
      assertThat(method.comment()).as(method.name()).containsPattern(ERRORS);
      assertThat(method.comment()).as(method.name()).containsPattern(REPEATING);
      assertThat(method.examples()).as(method.name()).isNotEmpty();
      if (method.name().matches(".*/(List|Watch|Batch|Search)[A-Za-z]*")) {
        assertThat(method.comment()).as(method.name()).containsPattern(ORDER);
      }
    }
  }

  @Test
  void everyExampleIsARequestOfItsMethod() throws Exception {
    for (Contract.Method method : Contract.methods()) {
      for (String example : method.examples()) {
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.schema().getInputType());
        assertThatCode(() -> JsonFormat.parser().merge(example, request))
            .as(method.name() + " " + example)
            .doesNotThrowAnyException();
      }
    }
  }
}
