/// Schedules: cron rules that trigger tasks. Entry: ScheduleController. Those that the code of tasks declares are
/// written by the deployment, see SyncDeclaredSchedules.
@NullMarked
package dev.runyard.webapp.api.schedule;

import org.jspecify.annotations.NullMarked;
