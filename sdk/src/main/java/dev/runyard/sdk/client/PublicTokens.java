package dev.runyard.sdk.client;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes tokens that may be given to browsers: each may do a few things for a while. Thread-safe. */
public final class PublicTokens {
    private final ApiCall call;

    PublicTokens(ApiCall call) {
        this.call = call;
    }

    /**
     * Makes a token.
     *
     * @param scopes what it may do, such as {@code read:runs:run_…}, {@code read:tags:user_42} or
     *     {@code trigger:tasks:shout}; at least one
     * @param lifetime how long it is good for, at most 30 days
     * @throws ApiException.BadRequest where a scope or the lifetime is not allowed
     */
    public String create(Collection<String> scopes, Duration lifetime) {
        return create(scopes, lifetime, false);
    }

    /** Makes a token that triggers once, and is good for nothing afterwards. */
    public String createForOneTrigger(Collection<String> taskIds, Duration lifetime) {
        return create(taskIds.stream().map(id -> "trigger:tasks:" + id).toList(), lifetime, true);
    }

    private String create(Collection<String> scopes, Duration lifetime, boolean isForOneUse) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("scopes", List.copyOf(scopes));
        body.put("expirationTime", lifetime.toSeconds() + "s");
        if (isForOneUse) {
            body.put("oneTimeUse", true);
        }
        String token = RunJson.text(call.post("/api/v1/auth/public-tokens", body), "token");
        if (token == null) {
            throw new ApiException.Unexpected("the answer has no token", null);
        }
        return token;
    }
}
