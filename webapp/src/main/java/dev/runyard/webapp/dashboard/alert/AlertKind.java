package dev.runyard.webapp.dashboard.alert;

/// What a message is about.
enum AlertKind {
    RUN_FAILURE,
    DEPLOYMENT,
    TEST
}
