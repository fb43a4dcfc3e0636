package dev.runyard.engine.schedule;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.ScheduleId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes the declarative schedules of an environment those that its current version declares.
///
/// A declared schedule belongs to one environment: releasing a version to staging changes nothing in production.
final class SyncSchedules {
    private final CreateSchedule.Stores stores;
    private final CheckRule check;
    private final SettleTicks settle;
    private final DeleteSchedule delete;
    private final Environments environments;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    /// Who deletes schedules and lets their last ticks happen.
    record Ends(SettleTicks settle, DeleteSchedule delete) {}

    SyncSchedules(
            CreateSchedule.Stores stores,
            CheckRule check,
            Ends ends,
            Environments environments,
            TimeOrderedIds ids,
            InstantSource clock) {
        this.stores = stores;
        this.check = check;
        this.settle = ends.settle();
        this.delete = ends.delete();
        this.environments = environments;
        this.ids = ids;
        this.clock = clock;
    }

    SyncOutcome sync(UUID scope, EnvironmentId environment, List<ScheduleDeclaration> declarations) {
        Optional<EnvironmentSettings> settings = environments.find(environment);
        if (settings.isEmpty()) {
            return new SyncOutcome.Refused("This environment does not exist any more.");
        }
        String type = settings.get().type();
        Map<String, Schedule.Content> wanted = new LinkedHashMap<>();
        for (ScheduleDeclaration declaration : declarations) {
            switch (check.check(declaration.cron(), declaration.timeZone(), declaration.window(), CatchUp.DEFAULT)) {
                case CheckRule.Checked.Invalid invalid -> {
                    return new SyncOutcome.Refused("Task " + declaration.taskId() + ": " + invalid.sentence());
                }
                case CheckRule.Checked.Valid valid -> {
                    Set<String> types = declaration.environmentTypes();
                    if (types.isEmpty() || types.contains(type)) {
                        wanted.put(keyOf(environment, declaration), content(declaration, valid));
                    }
                }
            }
        }
        stores.schedules().findDeclared(scope, environment).forEach(known -> settle.settle(known.id()));
        return stores.transactions().execute(() -> write(scope, environment, wanted));
    }

    private static String keyOf(EnvironmentId environment, ScheduleDeclaration declaration) {
        return "declared/" + environment.value() + "/" + declaration.taskId();
    }

    private static Schedule.Content content(ScheduleDeclaration declaration, CheckRule.Checked.Valid valid) {
        return new Schedule.Content(
                declaration.taskId(),
                null,
                declaration.cron().strip(),
                valid.timeZone(),
                valid.window(),
                CatchUp.DEFAULT);
    }

    private SyncOutcome write(UUID scope, EnvironmentId environment, Map<String, Schedule.Content> wanted) {
        stores.schedules().lockScope(scope);
        Map<String, Schedule> known = stores.schedules().findDeclared(scope, environment).stream()
                .collect(Collectors.toMap(Schedule::deduplicationKey, Function.identity()));
        List<String> fresh =
                wanted.keySet().stream().filter(key -> !known.containsKey(key)).toList();
        List<Schedule> gone = known.values().stream()
                .filter(schedule -> !wanted.containsKey(schedule.deduplicationKey()))
                .toList();
        int freed = (int) gone.stream().filter(Schedule::isActive).count();
        Optional<String> tooMany = stores.limit().check(scope, fresh.size() - freed);
        if (tooMany.isPresent()) {
            return new SyncOutcome.Refused(tooMany.get());
        }
        gone.forEach(schedule -> delete.delete(schedule.id()));
        int updated = 0;
        for (Map.Entry<String, Schedule.Content> entry : wanted.entrySet()) {
            Schedule before = known.get(entry.getKey());
            Schedule.Key key = new Schedule.Key(entry.getKey(), false);
            Schedule after = before == null
                    ? Schedule.first(
                            new ScheduleId(ids.next()),
                            scope,
                            Schedule.Type.DECLARATIVE,
                            key,
                            entry.getValue(),
                            clock.instant())
                    : before.with(entry.getValue(), clock.instant());
            boolean changed = stores.save().save(before, after, Set.of(environment));
            updated += before != null && changed ? 1 : 0;
        }
        int unchanged = wanted.size() - fresh.size() - updated;
        return new SyncOutcome.Synced(fresh.size(), updated, gone.size(), unchanged);
    }
}
