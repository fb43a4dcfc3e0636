package dev.runyard.webapp.openapi;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Serves the description.
@RestController
class OpenApiController {
    private final DescribeApi describeApi;

    OpenApiController(DescribeApi describeApi) {
        this.describeApi = describeApi;
    }

    @Permit(to = Credential.NONE)
    @GetMapping("/api/openapi.json")
    Map<String, Object> description() {
        return describeApi.describe();
    }
}
