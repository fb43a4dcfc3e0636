/// Schedules: cron rules that trigger runs.
@NullMarked
package dev.runyard.engine.schedule;

import org.jspecify.annotations.NullMarked;
