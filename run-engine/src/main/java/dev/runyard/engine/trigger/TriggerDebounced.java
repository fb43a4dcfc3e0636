package dev.runyard.engine.trigger;

import dev.runyard.engine.debounce.DebounceRepository;
import dev.runyard.engine.debounce.DebounceWindow;
import dev.runyard.engine.debounce.PushDebouncedRun;
import dev.runyard.engine.debounce.PushDebouncedRun.Pushed;
import dev.runyard.engine.lifecycle.RunInput;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.trigger.ResolveDuplicate.Resolution;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import java.util.Optional;

/// Lets a trigger join the run that collects its debounce key, or makes that run. Idempotency keys come first.
///
/// A trigger that finds the delay pushed far enough reads and writes nothing. Pushes race by the run's
/// version; only who makes a new run locks the key, and looks again whether another did.
public final class TriggerDebounced {
    private final DebounceRepository debounces;
    private final PushDebouncedRun push;
    private final ResolveDuplicate duplicates;
    private final RunStateRepository states;
    private final Transactions transactions;
    private final SyncPoints syncPoints;

    public TriggerDebounced(
            DebounceRepository debounces,
            PushDebouncedRun push,
            ResolveDuplicate duplicates,
            RunStateRepository states,
            Transactions transactions,
            SyncPoints syncPoints) {
        this.debounces = debounces;
        this.push = push;
        this.duplicates = duplicates;
        this.states = states;
        this.transactions = transactions;
        this.syncPoints = syncPoints;
    }

    Resolution trigger(TriggerRow row, DebounceWindow window) {
        Optional<Resolution> known = duplicates.peek(row);
        if (known.isPresent()) {
            return known.get();
        }
        DebounceRepository.Key key = new DebounceRepository.Key(row.environmentId(), row.taskId(), window.key());
        Optional<Resolution> settled;
        do {
            settled = attempt(row, window, key);
        } while (settled.isEmpty());
        return settled.get();
    }

    /// Returns nothing where another trigger, or the end of the delay, came in between.
    private Optional<Resolution> attempt(TriggerRow row, DebounceWindow window, DebounceRepository.Key key) {
        Optional<RunState> collecting = debounces.find(key);
        Pushed pushed =
                collecting.map(run -> push.push(run, window, newest(row))).orElseGet(Pushed.NewRunNeeded::new);
        return switch (pushed) {
            case Pushed.Joined joined -> {
                syncPoints.reach(SyncPoint.DEBOUNCE_JOINED);
                yield Optional.of(duplicates.join(row, joined.run().runId()));
            }
            case Pushed.NewRunNeeded _ -> transactions.execute(() -> create(row, key, collecting.map(RunState::runId)));
            case Pushed.Overtaken _ -> Optional.empty();
        };
    }

    private Optional<Resolution> create(TriggerRow row, DebounceRepository.Key key, Optional<RunId> left) {
        RunId held = debounces.lock(key, row.runId());
        boolean isOurs = held.equals(row.runId());
        boolean isFree = isOurs
                || left.filter(held::equals).isPresent()
                || states.find(held).isEmpty();
        if (!isFree) {
            return Optional.empty();
        }
        if (!isOurs) {
            debounces.point(key, row.runId());
        }
        return Optional.of(duplicates.resolveLocked(row));
    }

    private static PushDebouncedRun.Newest newest(TriggerRow row) {
        return new PushDebouncedRun.Newest(
                new RunInput(row.payload(), row.payloadType(), row.metadata(), row.tags()),
                row.requestedMaxAttempts(),
                row.requestedMaxDuration(),
                row.requestedMachine() == null ? null : MachinePreset.parse(row.requestedMachine()));
    }
}
