package dev.runyard.supervisor.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long things may take.
///
/// @param dequeueTimeout how long the webapp may hold a call for work; a stopping supervisor waits as long
/// @param idlePause least time between two calls for work that brought none
/// @param changesTimeout how long the webapp may hold a call for changes; a cancellation of a run that was taken
/// meanwhile is seen no later than this
/// @param requestTimeout longest other call to the webapp
/// @param heartbeatInterval how often the supervisor shows that it lives
/// @param stopGrace how long a canceled workload may take to end by itself before it is stopped, and then to end on
/// SIGTERM before it is killed
/// @param movedOnGrace how long a workload may live whose run ended or went elsewhere
/// @param runnerHeartbeat how often a runner shows that it lives
/// @param runnerPoll how often a runner asks for changes
/// @param runnerLease after how long without a heartbeat a runner must have stopped its task
/// @param runnerStopGrace how long a task may go on after its workload was asked to end
/// @param drainTimeout how long a stopping supervisor waits for its last call for work
/// @param imageCheckInterval how often the webapp is asked for images of new releases that have to be tried
/// @param imageCheckTimeout how long such an image may take to show that it works, once it was fetched
public record TimingProperties(
        @DefaultValue("3s") Duration dequeueTimeout,
        @DefaultValue("500ms") Duration idlePause,
        @DefaultValue("2s") Duration changesTimeout,
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue("10s") Duration heartbeatInterval,
        @DefaultValue("10s") Duration stopGrace,
        @DefaultValue("2s") Duration movedOnGrace,
        @DefaultValue("10s") Duration runnerHeartbeat,
        @DefaultValue("1s") Duration runnerPoll,
        @DefaultValue("60s") Duration runnerLease,
        @DefaultValue("3s") Duration runnerStopGrace,
        @DefaultValue("15s") Duration drainTimeout,
        @DefaultValue("2s") Duration imageCheckInterval,
        @DefaultValue("60s") Duration imageCheckTimeout) {}
