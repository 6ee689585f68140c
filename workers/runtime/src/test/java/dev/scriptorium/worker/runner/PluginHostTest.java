package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginHostTest {
  private static final Capability ANALYZE = new Capability("analyze", "*");
  private static final Capability SUMMARIZE = new Capability("summarize", "*");

  @Test
  void aPluginTakesAKindOverWhereverItStands() throws IOException {
    Handler builtIn = new Handler(false, ANALYZE, SUMMARIZE);
    Handler other = new Handler(true, ANALYZE);

    List<List<JobHandler>> orders = List.of(List.of(builtIn, other), List.of(other, builtIn));
    for (List<JobHandler> order : orders) {
      PluginHost host = new PluginHost(order);
      assertThat(host.handler("analyze", "application/pdf")).containsSame(other);
      assertThat(host.handler("summarize", "application/pdf")).containsSame(builtIn);
      assertThat(host.capabilities()).hasSize(2);
    }
  }

  @Test
  void onlyWhoHasSomethingLeftToDoIsWarmedAndOnce() throws IOException {
    Handler builtIn = new Handler(false, ANALYZE);
    Handler other = new Handler(true, ANALYZE, SUMMARIZE);
    PluginHost host = new PluginHost(List.of(builtIn, other));

    host.warm();
    assertThat(builtIn.warmed).isZero();
    assertThat(other.warmed).isEqualTo(1);

    host.warm("parse");
    assertThat(other.warmed).isEqualTo(1);
  }

  @Test
  void theWarmOnesPractiseInTurnUntilNobodyGains() throws IOException {
    Handler one = new Handler(false, ANALYZE);
    Handler other = new Handler(false, SUMMARIZE);
    PluginHost host = new PluginHost(List.of(one, other));
    assertThat(host.practise()).isFalse();
    host.warm();

    int steps = 1;
    while (host.practise()) {
      steps++;
    }
    assertThat(steps).isEqualTo(2 * Handler.ROUNDS);
    assertThat(one.rounds).isEqualTo(Handler.ROUNDS);
    assertThat(other.rounds).isEqualTo(Handler.ROUNDS);
    assertThat(host.practise()).isFalse();
  }

  @Test
  void twoThatTakeTheSameAreRefused() {
    for (boolean over : new boolean[] {false, true}) {
      List<JobHandler> both = List.of(new Handler(over, ANALYZE), new Handler(over, ANALYZE));
      assertThatIllegalStateException()
          .isThrownBy(() -> new PluginHost(both))
          .withMessageContaining("both take");
    }
  }

  /** Takes what it is told to. */
  private static final class Handler implements JobHandler {
    private static final int ROUNDS = 3;

    private final boolean over;
    private final Set<Capability> takes;
    private int warmed;
    private int rounds;

    Handler(boolean over, Capability... takes) {
      this.over = over;
      this.takes = Set.copyOf(Arrays.asList(takes));
    }

    @Override
    public Set<Capability> capabilities() {
      return takes;
    }

    @Override
    public boolean takesOver() {
      return over;
    }

    @Override
    public void warm() {
      warmed++;
    }

    @Override
    public boolean practise() {
      return ++rounds < ROUNDS;
    }

    @Override
    public void handle(JobContext job, BookSink sink) {}
  }
}
