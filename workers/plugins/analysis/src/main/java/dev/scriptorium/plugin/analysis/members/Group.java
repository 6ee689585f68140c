package dev.scriptorium.plugin.analysis.members;

import java.util.Locale;

/** What a word has to do with pictures. */
public enum Group {
  PLACE(true),
  LANDSCAPE(true),
  LIGHT(true),
  WEATHER(true),
  SENSE(false),
  COLOUR(true),
  BODY(true),
  CLOTHING(true),
  OBJECT(true),
  SHAPE(true),
  POSTURE(false),
  MOTION(false),
  MIND(false),
  ABSTRACT(false),
  TIME(false),
  SPEECH(false),
  MODAL(false),
  LOCATIVE(false);

  private final boolean visible;

  Group(boolean visible) {
    this.visible = visible;
  }

  /** True when a word of the group names or paints something that can be seen. */
  public boolean visible() {
    return visible;
  }

  /** Name of its list in the resource. */
  String list() {
    return name().toLowerCase(Locale.ROOT);
  }
}
