/// The longest wait of a run for its first start. Entry: ExpireRun.
///
/// The ttl is a timer of the run: armed when the run is queued, without effect once the run was handed out
/// (answers A15, A17, H-17, H-22). A claim that meets a run before its timer fired expires it too.
@NullMarked
package dev.runyard.engine.ttl;

import org.jspecify.annotations.NullMarked;
