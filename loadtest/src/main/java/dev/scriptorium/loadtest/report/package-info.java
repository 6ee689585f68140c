/**
 * What a scenario found out, for people: aligned tables on a terminal and one self-contained HTML
 * page without scripts. Knows no scenario; depends on the JDK alone.
 */
@NullMarked
package dev.scriptorium.loadtest.report;

import org.jspecify.annotations.NullMarked;
