package dev.runyard.protocol.worker;

import java.util.List;

/**
 * Answer of {@code POST /engine/v1/dev/dequeue}.
 *
 * @param dequeuedMessages the runs; none where there are none
 */
public record DevDequeueResponse(List<DequeuedMessage> dequeuedMessages) {}
