/// An application as a user writes it.
@NullMarked
package dev.runyard.spring.app;

import org.jspecify.annotations.NullMarked;
