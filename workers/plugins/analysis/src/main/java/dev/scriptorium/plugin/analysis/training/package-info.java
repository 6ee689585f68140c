/**
 * Learns the weights of the members and how much each of them counts from labelled paragraphs. Used
 * when the plugin is made, never in a job. Depends on {@code members} and {@code text}.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.training;

import org.jspecify.annotations.NullMarked;
