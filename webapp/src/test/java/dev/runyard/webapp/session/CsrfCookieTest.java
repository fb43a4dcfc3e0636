package dev.runyard.webapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.config.AppProperties;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.web.context.support.GenericWebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// The cookie that pages read and send back as a header.
class CsrfCookieTest {
    private static final String ROOT = "/api/dashboard/v1";

    @Test
    void isSecureWherePeopleComeByTls() throws Exception {
        assertThat(visit("https://jobs.example.com", null).getHeader("set-cookie"))
                .startsWith("XSRF-TOKEN=")
                .contains("; Secure")
                .contains("Path=/")
                .doesNotContain("HttpOnly");
    }

    @Test
    void isSentWithoutTlsWherePeopleComeWithoutIt() throws Exception {
        assertThat(visit("http://localhost:3030", null).getHeader("set-cookie"))
                .startsWith("XSRF-TOKEN=")
                .doesNotContain("Secure")
                .doesNotContain("HttpOnly");
    }

    @Test
    void provesACallAsBeforeWhereItIsSecure() throws Exception {
        Cookie cookie =
                Objects.requireNonNull(visit("https://jobs.example.com", null).getCookie("XSRF-TOKEN"));

        assertThat(visit("https://jobs.example.com", cookie).getStatus()).isEqualTo(200);
        assertThat(visit("https://jobs.example.com", new Cookie("XSRF-TOKEN", ""))
                        .getStatus())
                .isEqualTo(403);
    }

    /// Visits without a cookie, or signs in with one and its value as the header.
    private static MockHttpServletResponse visit(String origin, @Nullable Cookie csrf) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", ROOT + "/session");
        if (csrf != null) {
            request = new MockHttpServletRequest("POST", ROOT + "/login");
            request.setCookies(csrf);
            request.addHeader("X-XSRF-TOKEN", csrf.getValue());
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        try (GenericWebApplicationContext context = new GenericWebApplicationContext(new MockServletContext())) {
            context.registerBean(AppProperties.class, () -> new AppProperties(URI.create(origin)));
            context.registerBean(JsonMapper.class, JsonMapper::shared);
            context.registerBean(InstantSource.class, InstantSource::system);
            // Never asked: nobody is signed in.
            context.registerBean(JdbcClient.class, () -> JdbcClient.create(new DriverManagerDataSource()));
            new AnnotatedBeanDefinitionReader(context).register(Chains.class);
            context.refresh();
            context.getBean("springSecurityFilterChain", Filter.class)
                    .doFilter(request, response, new MockFilterChain());
        }
        return response;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @Import({DashboardSecurity.class, WebSessionRepository.class})
    static class Chains {}
}
