package dev.runyard.webapp.dashboard;

/// Why a run does not run now.
///
/// @param gate what holds it
/// @param sentence the same for people, with numbers and what happens next
record WaitingFor(Gate gate, String sentence) {
    /// What can hold a run.
    enum Gate {
        DELAY,
        RETRY,
        VERSION,
        ENVIRONMENT_PAUSED,
        QUEUE_PAUSED,
        ENVIRONMENT_LIMIT,
        QUEUE_LIMIT,
        WORKER,
        TURN
    }
}
