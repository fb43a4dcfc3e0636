package dev.runyard.engine.cancel;

/// Settings of cancellations.
///
/// @param childrenPerStep most children of one run that are canceled before other timers get their turn, at least 1
public record CancelConfig(int childrenPerStep) {
    /// The settings of a server whose operator changed none.
    public static final CancelConfig DEFAULT = new CancelConfig(100);
}
