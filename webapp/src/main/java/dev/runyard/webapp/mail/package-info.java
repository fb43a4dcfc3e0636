/// Mails of the server, where it has a mail server. Entry: MailServer.
@NullMarked
package dev.runyard.webapp.mail;

import org.jspecify.annotations.NullMarked;
