package dev.runyard.webapp.session;

import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.mail.MailServer;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Mails a login link to whoever has an account. Nobody learns from the answer whether an address has one.
@Component
class MailLoginLink {
    private static final Logger LOG = LoggerFactory.getLogger(MailLoginLink.class);

    private final UserRepository users;
    private final LoginLinkRepository links;
    private final MailServer mails;
    private final SessionProperties properties;
    private final AppProperties app;
    private final InstantSource clock;

    MailLoginLink(
            UserRepository users,
            LoginLinkRepository links,
            MailServer mails,
            SessionProperties properties,
            AppProperties app,
            InstantSource clock) {
        this.users = users;
        this.links = links;
        this.mails = mails;
        this.properties = properties;
        this.app = app;
        this.clock = clock;
    }

    boolean isPossible() {
        return mails.isThere();
    }

    /// Sends the link in the background: the time that it takes would tell who has an account.
    void send(String email) {
        Thread.ofVirtual()
                .name("login-mail")
                .start(() -> users.find(email.strip()).ifPresent(this::send));
    }

    private void send(SignedInUser user) {
        Instant now = clock.instant();
        SecretToken token = SecretToken.random();
        links.save(token, user.id(), now, now.plus(properties.mailedLinkLifetime()));
        String text = "Open this link to sign in to Runyard. It works once, within "
                + properties.mailedLinkLifetime().toMinutes() + " minutes:\n\n"
                + app.url() + "/login?token=" + token.text()
                + "\n\nIf you did not ask for it, leave it alone.\n";
        mails.send(new MailServer.Mail(user.email(), "Sign in to Runyard", text))
                .ifPresent(problem -> LOG.warn("a login link could not be mailed: {}", problem));
    }
}
