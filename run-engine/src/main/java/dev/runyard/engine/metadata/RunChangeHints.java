package dev.runyard.engine.metadata;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;

/// Tells live pages that a run's description changed, although its state did not.
record RunChangeHints(RunChanges changes) {
    void changed(MetadataRepository.Described run) {
        changes.publish(new RunChanged(run.environmentId(), run.id(), run.stateVersion(), run.status()));
    }
}
