package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.ApiCaller.Access;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Lets a one-time token trigger one run.
///
/// The token is used up before the run is made, so that two calls at once cannot both make one; where no run came of
/// it, it
/// is given back. The tries of one call carry the same request key and reach the same run.
@Component
class UseTokenOnce {
    private final UsedTokenRepository usedTokens;

    UseTokenOnce(UsedTokenRepository usedTokens) {
        this.usedTokens = usedTokens;
    }

    TriggerOutcome trigger(ApiCaller caller, TriggerCommand command, Function<TriggerCommand, TriggerOutcome> trigger) {
        if (!(caller.access() instanceof Access.PublicToken token)
                || !Boolean.TRUE.equals(token.claims().otu())) {
            return trigger.apply(command);
        }
        String requestKey = Objects.requireNonNullElse(command.requestKey(), "");
        if (!usedTokens.use(token.hash(), requestKey, token.claims().expiresAt())) {
            return new TriggerOutcome.Rejected(
                    "Cannot trigger " + command.taskId() + " with a one-time use token as it has already been used.");
        }
        TriggerOutcome outcome = trigger.apply(command);
        if (outcome instanceof TriggerOutcome.Rejected) {
            usedTokens.giveBack(token.hash());
        }
        return outcome;
    }
}
