package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.analysis.members.Features;

/**
 * A labelled paragraph.
 *
 * @param english as it is measured with models and vocabulary
 * @param plain as it is measured without
 * @param label what a reader said of it
 */
record Example(Features english, Features plain, Label label) {}
