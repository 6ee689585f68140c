/** How workers keep to their memory, replace their runners, and live with what fails. */
@NullMarked
package dev.scriptorium.loadtest.fleet;

import org.jspecify.annotations.NullMarked;
