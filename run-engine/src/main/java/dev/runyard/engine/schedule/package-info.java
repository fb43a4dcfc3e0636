/// Schedules: cron rules that trigger runs.
///
/// Entry: Schedules for what callers change and read, FireSchedule for what happens at a tick. CronSchedule knows when
/// ticks are, TickPlan which of those that are due happen. An instance is a schedule in one environment; its row
/// carries the next tick and its timer repeats it. The tick, its run and the next tick are one transaction (answers
/// H-13); see docs/decisions/0009.
@NullMarked
package dev.runyard.engine.schedule;

import org.jspecify.annotations.NullMarked;
