/// Small things that every repository of the engine needs: JSON columns, timestamps, classpath resources.
@NullMarked
package dev.runyard.engine.store;

import org.jspecify.annotations.NullMarked;
