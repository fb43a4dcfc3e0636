package dev.runyard.webapp.mail;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/// Hands mails to the mail server, where there is one (`spring.mail.host`). Everything works without.
@Component
public class MailServer {
    private final ObjectProvider<JavaMailSender> server;
    private final MailProperties properties;

    MailServer(ObjectProvider<JavaMailSender> server, MailProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    /// @param to address of the receiver
    /// @param subject one line
    /// @param text plain text
    public record Mail(String to, String subject, String text) {
        @Override
        public String toString() {
            return "Mail[***]";
        }
    }

    /// Tells whether mails can be sent at all.
    public boolean isThere() {
        return server.getIfAvailable() != null;
    }

    /// Sends a mail; returns why it could not be handed over.
    public Optional<String> send(Mail mail) {
        JavaMailSender sender = server.getIfAvailable();
        if (sender == null) {
            return Optional.of("This server has no mail server.");
        }
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(mail.to());
        message.setSubject(mail.subject());
        message.setText(mail.text());
        try {
            sender.send(message);
            return Optional.empty();
        } catch (MailException e) {
            return Optional.of("The mail server did not take it: "
                    + e.getMostSpecificCause().getMessage());
        }
    }
}
