/// Tasks that the whole-system tests deploy; they leave witnesses of what really happened.
@NullMarked
package dev.runyard.e2e.tasks;

import org.jspecify.annotations.NullMarked;
