package dev.runyard.webapp.dashboard;

import dev.runyard.webapp.session.PagePaths;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/// Serves the dashboard's files. An address that is no file is a page of the dashboard, whose script finds out which.
///
/// Runs before Boot's own configuration, which leaves the pattern alone where it finds it taken.
@Configuration(proxyBeanMethods = false)
@Order(Ordered.HIGHEST_PRECEDENCE)
class DashboardPages implements WebMvcConfigurer {
    private static final String FILES = "classpath:/static/";
    private static final Resource PAGE = new ClassPathResource("static/index.html");
    private static final Resource NOT_BUILT = new ClassPathResource("no-ui/index.html");

    /// Spring does not ask resolvers for the empty path.
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // Names of assets contain a hash of their content.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new FileOrPage());
    }

    private static final class FileOrPage extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = super.getResource(path, location);
            if (file != null || isNoPage(path)) {
                return file;
            }
            return PAGE.exists() ? PAGE : NOT_BUILT;
        }

        private static boolean isNoPage(String path) {
            if (path.equals("index.html")) {
                return false;
            }
            boolean isFileName = path.substring(path.lastIndexOf('/') + 1).contains(".");
            return isFileName || !PagePaths.isPageOrAsset("/" + path);
        }
    }
}
