package dev.runyard.e2e.faults;

import java.time.Duration;

/// Something that breaks.
///
/// @param kind what
/// @param target which of the two webapps or supervisors, 0 or 1
/// @param lasts how long it stays broken
/// @param pause how long all is well before it
record Fault(Kind kind, int target, Duration lasts, Duration pause) {
    enum Kind {
        WEBAPP_KILLED,
        WEBAPP_FROZEN,
        SUPERVISOR_KILLED,
        SUPERVISOR_FROZEN,
        REDIS_FLUSHED,
        REDIS_KILLED,
        POSTGRES_SESSIONS_CUT,
        POSTGRES_CRASHED
    }
}
