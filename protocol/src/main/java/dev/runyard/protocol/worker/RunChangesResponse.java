package dev.runyard.protocol.worker;

import dev.runyard.protocol.id.RunId;
import java.util.List;

/**
 * Answer of {@code POST /engine/v1/worker-actions/runs/changes}.
 *
 * @param changes newest version of each watched run that has one newer than the supervisor knew
 * @param unknown watched runs that the server does not have
 */
public record RunChangesResponse(List<RunExecutionData> changes, List<RunId> unknown) {}
