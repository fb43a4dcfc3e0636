package dev.runyard.webapp.session.oidc;

import org.jspecify.annotations.Nullable;

/// Ends a sign-in that cannot be.
final class RefusedSignInException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    private final Refusal refusal;

    /// @param refusal what the person is told
    /// @param why what the log says; it may hold words of the provider, but no token
    RefusedSignInException(Refusal refusal, String why) {
        this(refusal, why, null);
    }

    RefusedSignInException(Refusal refusal, String why, @Nullable Throwable cause) {
        super(printable(why), cause);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    /// Words of others must not begin a line of the log.
    private static String printable(String text) {
        String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
