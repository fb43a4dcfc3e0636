package dev.runyard.webapp.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How mails are sent; the server that takes them is set by `spring.mail.*`.
///
/// @param from their sender
@ConfigurationProperties("runyard.mail")
record MailProperties(@DefaultValue("runyard@localhost") String from) {}
