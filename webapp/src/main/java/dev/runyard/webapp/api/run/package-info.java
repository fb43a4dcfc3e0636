/// Reading, canceling and replaying runs. Entries: RunController, RunListController.
///
/// RunResponse is the public API's run object; RunTexts decodes payloads and outputs for it. Clients refuse
/// an answer with a null or an unknown status, so what is absent is left out and statuses are those of the
/// public API.
@NullMarked
package dev.runyard.webapp.api.run;

import org.jspecify.annotations.NullMarked;
