package dev.runyard.webapp.dashboard.alert;

import java.time.Instant;
import java.util.UUID;

/// Whom to tell, without what is secret of it.
///
/// @param id the channel
/// @param name what people call it
/// @param kind by what way
/// @param target what people recognize the target by
/// @param onRunFailure whether runs that failed are told
/// @param onDeployment whether deployments are told
/// @param isEnabled whether anything is
/// @param createdAt nothing older is told
record Channel(
        UUID id,
        String name,
        ChannelKind kind,
        String target,
        boolean onRunFailure,
        boolean onDeployment,
        boolean isEnabled,
        Instant createdAt) {}
