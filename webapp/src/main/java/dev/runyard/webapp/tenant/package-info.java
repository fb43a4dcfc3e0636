/// Organizations, projects, environments and worker groups. Entries: TenantDirectory (read), BootstrapInstallation
/// (write).
///
/// Everything that asks for an environment asks TenantDirectory, which caches for seconds: the trigger path
/// must not read these tables for every call. Secret keys leave this package as Secret values only.
@NullMarked
package dev.runyard.webapp.tenant;

import org.jspecify.annotations.NullMarked;
