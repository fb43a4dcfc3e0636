/// Tells people outside when a run failed or a version was deployed: by webhook, Slack or mail. Messages
/// are rows before they are sent, are sent at least once, and carry an id by which receivers know one that
/// they have seen. Entries: NoteAlerts writes them, DeliverAlerts sends them, AlertController is where
/// people set them up.
@NullMarked
package dev.runyard.webapp.dashboard.alert;

import org.jspecify.annotations.NullMarked;
