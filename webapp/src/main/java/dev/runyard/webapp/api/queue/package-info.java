/// Queues: what waits and runs in them, pauses, and limits that operators set. Entry: QueueController.
@NullMarked
package dev.runyard.webapp.api.queue;

import org.jspecify.annotations.NullMarked;
