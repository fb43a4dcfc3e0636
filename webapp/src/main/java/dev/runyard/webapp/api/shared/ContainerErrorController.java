package dev.runyard.webapp.api.shared;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// Answers what failed before or behind every controller, such as a path that the firewall refuses.
@Controller
@Permit(to = Credential.NONE)
class ContainerErrorController implements ErrorController {
    private final ErrorResponses errors;

    ContainerErrorController(ErrorResponses errors) {
        this.errors = errors;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        HttpStatus known = status == null ? HttpStatus.NOT_FOUND : status;
        errors.write(response, known, known == HttpStatus.NOT_FOUND ? "Not found" : known.getReasonPhrase());
    }
}
