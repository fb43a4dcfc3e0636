package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.ScheduleId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Makes a schedule, or changes the one that has the deduplication key already.
final class CreateSchedule {
    static final ScheduleOutcome DECLARATIVE = new ScheduleOutcome.Refused("Cannot update a declarative schedule");

    private final Stores stores;
    private final CheckDraft check;
    private final SettleTicks settle;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    /// What writing schedules needs.
    record Stores(
            ScheduleRepository schedules,
            ScheduleQueries queries,
            SaveSchedule save,
            LimitSchedules limit,
            Transactions transactions) {}

    CreateSchedule(Stores stores, CheckDraft check, SettleTicks settle, TimeOrderedIds ids, InstantSource clock) {
        this.stores = stores;
        this.check = check;
        this.settle = settle;
        this.ids = ids;
        this.clock = clock;
    }

    ScheduleOutcome create(UUID scope, ScheduleDraft draft) {
        return switch (check.check(draft)) {
            case CheckDraft.Checked.Invalid invalid -> new ScheduleOutcome.Refused(invalid.sentence());
            case CheckDraft.Checked.Valid valid -> save(scope, draft, valid.content());
        };
    }

    private ScheduleOutcome save(UUID scope, ScheduleDraft draft, Schedule.Content content) {
        String given = draft.deduplicationKey();
        ScheduleId id = new ScheduleId(ids.next());
        Schedule.Key key = new Schedule.Key(given == null ? id.toString() : given, given != null);
        stores.schedules().findByKey(scope, key.text()).ifPresent(known -> settle.settle(known.id()));
        return stores.transactions().execute(() -> {
            stores.schedules().lockScope(scope);
            Optional<Schedule> before = stores.schedules().findByKey(scope, key.text());
            if (before.isPresent() && before.get().type() == Schedule.Type.DECLARATIVE) {
                return DECLARATIVE;
            }
            Optional<String> tooMany =
                    before.isPresent() ? Optional.empty() : stores.limit().check(scope, 1);
            if (tooMany.isPresent()) {
                return new ScheduleOutcome.Refused(tooMany.get());
            }
            Schedule wanted = before.map(known -> known.with(content, clock.instant()))
                    .orElseGet(
                            () -> Schedule.first(id, scope, Schedule.Type.IMPERATIVE, key, content, clock.instant()));
            stores.save().save(before.orElse(null), wanted, draft.environments());
            return new ScheduleOutcome.Saved(stores.queries().view(wanted));
        });
    }
}
