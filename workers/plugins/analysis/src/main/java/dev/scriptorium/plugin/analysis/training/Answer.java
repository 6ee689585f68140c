package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Opinion;
import java.util.Map;

/**
 * What members who never saw a text said of one of its paragraphs.
 *
 * @param label what a reader said of it
 * @param opinions of all members
 */
record Answer(Label label, Map<Member, Opinion> opinions) {
  Answer {
    opinions = Map.copyOf(opinions);
  }

  /** By one member. */
  Opinion by(Member member) {
    Opinion opinion = opinions.get(member);
    if (opinion == null) {
      throw new IllegalArgumentException("No answer by " + member);
    }
    return opinion;
  }
}
