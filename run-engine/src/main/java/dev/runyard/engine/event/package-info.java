/// The feed of everything that happened to runs, for whatever must hear of it for certain: alerts,
/// webhooks, traces.
///
/// Entry: RunEvents. The feed is the history of runs itself, so no transition can happen without its event
/// and none costs a statement more (answers H-20). Hints that may be lost are in package change.
@NullMarked
package dev.runyard.engine.event;

import org.jspecify.annotations.NullMarked;
