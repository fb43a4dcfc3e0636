/// Actions on many runs at once. Entry: BulkActionController.
@NullMarked
package dev.runyard.webapp.api.bulk;

import org.jspecify.annotations.NullMarked;
