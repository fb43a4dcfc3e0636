/// Reading runs, and cancel and replay. Entries: RunController, RunListController.
@NullMarked
package dev.runyard.webapp.api.run;

import org.jspecify.annotations.NullMarked;
