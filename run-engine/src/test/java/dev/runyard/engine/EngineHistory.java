package dev.runyard.engine;

import dev.runyard.engine.run.RunTransitions;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.history.History;
import dev.runyard.testkit.history.HistoryCheck;
import dev.runyard.testkit.history.HistoryReader;

/// Histories of the engine under test.
final class EngineHistory {
    private EngineHistory() {}

    /// A history that knows the legal moves.
    static History begin() {
        History history = new History();
        RunTransitions.TABLE.forEach(move -> history.allowMove(
                move.from() == null ? null : move.from().name(),
                move.event().name(),
                move.to().name()));
        return history;
    }

    /// Reads what the database says, then fails where a promise is broken.
    static void requireGood(EngineHarness harness, History history) {
        new HistoryReader(harness.dataSource(), id -> new RunId(id).toString()).read(history);
        HistoryCheck.requireNone(history);
    }
}
