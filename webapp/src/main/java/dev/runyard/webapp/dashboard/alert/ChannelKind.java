package dev.runyard.webapp.dashboard.alert;

/// By what way people are told.
enum ChannelKind {
    /// JSON by POST, signed.
    WEBHOOK,
    /// An incoming webhook of Slack, or of what understands its messages.
    SLACK,
    /// A mail, where the server has a mail server.
    EMAIL
}
