package dev.runyard.webapp.api.trigger;

import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.ApiCaller.Access;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets a one-time token make one run, or one batch.
///
/// The token is used up before anything is made, so that two calls at once cannot both make something; where nothing
/// came of it, it is given back. The tries of one call carry the same request key and may all use it.
@Component
public class OneTimeTokens {
    private final UsedTokenRepository usedTokens;

    OneTimeTokens(UsedTokenRepository usedTokens) {
        this.usedTokens = usedTokens;
    }

    /// Uses up the caller's token, if it is a one-time token; false where another call did.
    public boolean use(ApiCaller caller, @Nullable String requestKey) {
        return oneTime(caller)
                .map(token -> usedTokens.use(
                        token.hash(),
                        Objects.requireNonNullElse(requestKey, ""),
                        token.claims().expiresAt()))
                .orElse(true);
    }

    /// Lets the caller's token be used after all.
    public void giveBack(ApiCaller caller) {
        oneTime(caller).ifPresent(token -> usedTokens.giveBack(token.hash()));
    }

    private static Optional<Access.PublicToken> oneTime(ApiCaller caller) {
        return caller.access() instanceof Access.PublicToken token
                        && Boolean.TRUE.equals(token.claims().otu())
                ? Optional.of(token)
                : Optional.empty();
    }
}
