package dev.runyard.engine.schedule;

import java.util.Optional;

/// Checks a draft: its rule and its task.
final class CheckDraft {
    private final CheckRule checkRule;
    private final CheckTask checkTask;

    CheckDraft(CheckRule checkRule, CheckTask checkTask) {
        this.checkRule = checkRule;
        this.checkTask = checkTask;
    }

    /// What became of it.
    sealed interface Checked {
        record Valid(Schedule.Content content) implements Checked {}

        record Invalid(String sentence) implements Checked {}
    }

    /// Checks a draft. Asks the control plane.
    Checked check(ScheduleDraft draft) {
        Optional<String> wrongTask = checkTask.check(draft.taskId(), draft.environments());
        if (wrongTask.isPresent()) {
            return new Checked.Invalid(wrongTask.get());
        }
        return switch (checkRule.check(draft.cron(), draft.timeZone(), draft.window(), draft.catchUp())) {
            case CheckRule.Checked.Invalid invalid -> new Checked.Invalid(invalid.sentence());
            case CheckRule.Checked.Valid(String zone, var window) ->
                new Checked.Valid(new Schedule.Content(
                        draft.taskId(), draft.externalId(), draft.cron().strip(), zone, window, draft.catchUp()));
        };
    }
}
