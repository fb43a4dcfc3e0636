package dev.runyard.engine.schedule;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Changes an imperative schedule. Its deduplication key stays what it is.
final class UpdateSchedule {
    private final CreateSchedule.Stores stores;
    private final CheckDraft check;
    private final SettleTicks settle;
    private final InstantSource clock;

    UpdateSchedule(CreateSchedule.Stores stores, CheckDraft check, SettleTicks settle, InstantSource clock) {
        this.stores = stores;
        this.check = check;
        this.settle = settle;
        this.clock = clock;
    }

    ScheduleOutcome update(UUID scope, String idOrKey, ScheduleDraft draft) {
        Optional<Schedule> known = stores.queries().find(scope, idOrKey);
        if (known.isEmpty()) {
            return new ScheduleOutcome.NotFound();
        }
        if (known.get().type() == Schedule.Type.DECLARATIVE) {
            return CreateSchedule.DECLARATIVE;
        }
        return switch (check.check(draft)) {
            case CheckDraft.Checked.Invalid invalid -> new ScheduleOutcome.Refused(invalid.sentence());
            case CheckDraft.Checked.Valid valid -> {
                settle.settle(known.get().id());
                yield save(known.get(), draft, valid.content());
            }
        };
    }

    private ScheduleOutcome save(Schedule known, ScheduleDraft draft, Schedule.Content content) {
        return stores.transactions().execute(() -> {
            stores.schedules().lockScope(known.scopeId());
            Optional<Schedule> before = stores.schedules().find(known.scopeId(), known.id());
            if (before.isEmpty()) {
                return new ScheduleOutcome.NotFound();
            }
            Schedule wanted = before.get().with(content, clock.instant());
            stores.save().save(before.get(), wanted, draft.environments());
            return new ScheduleOutcome.Saved(stores.queries().view(wanted));
        });
    }
}
