/**
 * What a plugin author sees. A plugin is a {@link dev.scriptorium.plugin.JobHandler} named in
 * {@code META-INF/services}; it reads a {@link dev.scriptorium.plugin.JobInput} and hands plain
 * records to a {@link dev.scriptorium.plugin.BookSink}. Depends on the JDK and JSpecify alone.
 */
@NullMarked
package dev.scriptorium.plugin;

import org.jspecify.annotations.NullMarked;
