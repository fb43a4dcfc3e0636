package dev.runyard.webapp.relay;

import dev.runyard.webapp.api.shared.ErrorResponses;
import dev.runyard.webapp.tenant.Memberships;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the relay behind the dashboard's security, which has checked session and page by then.
@Configuration(proxyBeanMethods = false)
class RelayConfig {
    private static final int AFTER_SECURITY = 100;

    @Bean
    FilterRegistrationBean<RelayToPublicApi> relayToPublicApi(Memberships memberships, ErrorResponses errors) {
        FilterRegistrationBean<RelayToPublicApi> registration =
                new FilterRegistrationBean<>(new RelayToPublicApi(memberships, errors));
        registration.addUrlPatterns("/api/dashboard/v1/environments/*");
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }
}
