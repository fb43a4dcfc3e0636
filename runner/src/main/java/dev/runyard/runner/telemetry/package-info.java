/**
 * Brings a task's lines and spans to the server. Entries: {@link dev.runyard.runner.telemetry.LogShipper} and
 * {@link dev.runyard.runner.telemetry.SpanShipper}.
 *
 * <p>A task never waits for the network: they are kept in bounded buffers, the oldest are dropped where one is full,
 * and how many were dropped is the last line of the log. Both leave as OpenTelemetry's OTLP over HTTP in JSON, over the
 * client that the runner has anyway.
 */
@NullMarked
package dev.runyard.runner.telemetry;

import org.jspecify.annotations.NullMarked;
