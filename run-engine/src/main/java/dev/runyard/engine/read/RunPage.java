package dev.runyard.engine.read;

import dev.runyard.protocol.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param runs newest first
/// @param next cursor for older runs, absent on the last page
/// @param previous cursor for newer runs, absent on the first page
public record RunPage(
        List<RunView> runs, @Nullable RunId next, @Nullable RunId previous) {}
