package dev.runyard.webapp.session.oidc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why somebody was not signed in, and what they can do about it. The sign-in page gets the code in its address and
/// asks for the sentence: an address can then make it say nothing but these.
enum Refusal {
    DENIED("The identity provider did not let you in, or you cancelled. Try again, or ask whoever runs the identity"
            + " provider for access to Runyard."),
    EMAIL_MISSING("The identity provider did not say which e-mail address is yours. Ask whoever runs Runyard to check"
            + " the scopes and the e-mail claim of runyard.oidc."),
    EMAIL_NOT_VERIFIED(
            "The identity provider has not verified your e-mail address. Verify it there, then sign in" + " again."),
    NO_ACCOUNT("Your e-mail address has no account here. Ask an administrator of your team to invite you, then sign in"
            + " again."),
    NOT_OFFERED("This server has no identity provider. Sign in with your password or with a login link."),
    OTHER_DOMAIN("E-mail addresses of your domain may not sign in this way. Sign in with another address, or ask an"
            + " administrator."),
    PROVIDER_FAILED("The answer of the identity provider could not be used. Try again; if that does not help, tell"
            + " whoever runs Runyard: the server's log says why."),
    PROVIDER_UNREACHABLE("The identity provider does not answer. Try again in a minute, or sign in with your password"
            + " or a login link."),
    STALE("This sign-in took too long, was used before, or began in another browser. Start it again here."),
    TOO_MANY_TRIES("Too many tries to sign in. Wait a minute and try again.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    /// Returns what stands for it in an address, such as `no-account`.
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Refusal> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
