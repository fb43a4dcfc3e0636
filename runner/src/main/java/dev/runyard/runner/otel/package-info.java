/**
 * Takes the spans of libraries that are instrumented with OpenTelemetry's API, and of tasks that use it themselves.
 * Entry: {@link dev.runyard.runner.otel.TakeOpenTelemetrySpans}.
 *
 * <p>Only the API is implemented, and only touched where a bundle has it: the SDK with its exporters would cost each run
 * some hundred milliseconds at its start. A bundle that brings the SDK configures it itself, and nothing here stands in
 * its way.
 */
@NullMarked
package dev.runyard.runner.otel;

import org.jspecify.annotations.NullMarked;
