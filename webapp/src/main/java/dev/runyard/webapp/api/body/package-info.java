/// What callers send, as the description of the API shows it.
///
/// Most handlers take JSON apart themselves, so that an error can name the member and a payload can be anything. These
/// records say in types what they look for; where a handler reads a record, that record is its own description.
@NullMarked
package dev.runyard.webapp.api.body;

import org.jspecify.annotations.NullMarked;
