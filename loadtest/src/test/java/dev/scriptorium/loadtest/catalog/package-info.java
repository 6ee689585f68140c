@NullMarked
package dev.scriptorium.loadtest.catalog;

import org.jspecify.annotations.NullMarked;
