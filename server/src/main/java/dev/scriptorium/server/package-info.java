/**
 * The control server. {@code ServerMain} builds every object; features ({@code catalog}, {@code
 * reading}, {@code analysis}, {@code jobs}, {@code fleet}, {@code identity}, {@code operations}) go
 * from {@code *GrpcService} (wire) to a domain class (rules) to a {@code *Store} (SQL) and may use
 * {@code blob}, {@code cache}, {@code database}, {@code telemetry} and {@code wire}.
 */
@NullMarked
package dev.scriptorium.server;

import org.jspecify.annotations.NullMarked;
