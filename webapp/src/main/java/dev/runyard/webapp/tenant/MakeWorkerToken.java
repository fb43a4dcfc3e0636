package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.Secret;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Makes a token by which supervisors join a worker group.
@Component
class MakeWorkerToken {
    private static final String PREFIX = "tr_wgt_";
    private static final int CHARACTERS = 40;

    private final WorkerGroupTokenRepository tokens;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    MakeWorkerToken(WorkerGroupTokenRepository tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// @param token itself, which nobody can read again
    record Made(UUID id, Secret token) {}

    Made make(UUID group) {
        String token = PREFIX + RandomText.of(CHARACTERS);
        UUID id = ids.next();
        tokens.save(new WorkerGroupToken(id, group, token, clock.instant()));
        return new Made(id, new Secret(token));
    }
}
