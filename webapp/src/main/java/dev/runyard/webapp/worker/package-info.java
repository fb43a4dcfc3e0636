/// What supervisors call: `/engine/v1/worker-actions`. Entries: WorkerActionsController, WorkerRunController. Beside
/// them what an environment's own workers call, with its key: `/engine/v1/dev`, OwnWorkerController.
///
/// Routes and shapes are those of the public worker contract; ours are `runs/changes`, the `timeoutMs` of a
/// dequeue and more than one run per answer. A supervisor only reaches runs of its group's queue, and a
/// call that changes a run carries the version that its caller knows: the engine refuses it where a newer
/// one exists (answers H-5).
@NullMarked
package dev.runyard.webapp.worker;

import org.jspecify.annotations.NullMarked;
