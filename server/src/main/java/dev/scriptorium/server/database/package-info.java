/** Connections, roles and migrations. Knows no feature; depends on Jdbi, HikariCP and Flyway. */
@NullMarked
package dev.scriptorium.server.database;

import org.jspecify.annotations.NullMarked;
