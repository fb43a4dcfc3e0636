package dev.runyard.webapp.dashboard.alert;

/// What became of one try to send a message.
sealed interface SendOutcome {
    /// What is kept of it for people.
    String answer();

    /// The receiver took it.
    record Taken(String answer) implements SendOutcome {}

    /// It may work later.
    record NotNow(String answer) implements SendOutcome {}

    /// It will not work, however often it is tried.
    record Refused(String answer) implements SendOutcome {}
}
