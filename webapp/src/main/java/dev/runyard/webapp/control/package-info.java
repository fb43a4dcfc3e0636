/// What members of an organization change in the dashboard: keys, tokens, members; and the record of changes.
///
/// Entries: KeyController, PersonalTokenController, MemberController. SignedInAccess says who may.
@NullMarked
package dev.runyard.webapp.control;

import org.jspecify.annotations.NullMarked;
