/// The whole surface of the server against strangers: who may call what, and what nonsense does.
@NullMarked
package dev.runyard.webapp.security;

import org.jspecify.annotations.NullMarked;
