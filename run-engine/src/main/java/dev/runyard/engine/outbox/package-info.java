/// What Redis must hear of every transition, and the relay that tells it what a crash or an outage kept from it.
///
/// Entry: Projection, called after each commit; OutboxRelay is the net beneath it (answers H-1, H-4, H-8).
@NullMarked
package dev.runyard.engine.outbox;

import org.jspecify.annotations.NullMarked;
