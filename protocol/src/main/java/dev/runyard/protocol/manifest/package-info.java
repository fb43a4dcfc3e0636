/** What a build of task code registers with the server: its tasks and queues. */
@NullMarked
package dev.runyard.protocol.manifest;

import org.jspecify.annotations.NullMarked;
