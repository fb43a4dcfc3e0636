package dev.runyard.engine.timer;

/// Does what a timer is for. Firing may happen late and twice: the handler decides on the run's newest state.
@FunctionalInterface
public interface TimerHandler {
    /// Fires a timer.
    ///
    /// @return whether the timer was used up by a transition, which then also removed its row
    boolean fire(Timer timer);
}
