package dev.runyard.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the rows of the behaviour checklist (`conformance/rows.txt`) that a test demonstrates.
///
/// A test earns a row only where it would fail on an engine without that behaviour.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Shows {
    String[] value();
}
