package kolla.runbooks.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each page of the web applications a nonce of its own. Camunda passes the nonce of the
 * content security policy from its header to its page in one attribute of the servlet context: two
 * requests at once get each other's, the browser then blocks the page's scripts, and Cockpit stays
 * blank. Here that attribute belongs to the request.
 */
final class PageNonce extends OncePerRequestFilter {

    /** {@code ContentSecurityPolicyProvider.ATTR_CSP_FILTER_NONCE}. */
    private static final String ATTRIBUTE = "org.camunda.bpm.csp.nonce";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ServletContext context = ownNonce(request.getServletContext());
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public ServletContext getServletContext() {
                        return context;
                    }
                },
                response);
    }

    private static ServletContext ownNonce(ServletContext shared) {
        AtomicReference<Object> nonce = new AtomicReference<>();
        return (ServletContext)
                Proxy.newProxyInstance(
                        PageNonce.class.getClassLoader(),
                        new Class<?>[] {ServletContext.class},
                        (proxy, method, arguments) -> {
                            if (arguments != null && ATTRIBUTE.equals(arguments[0])) {
                                switch (method.getName()) {
                                    case "setAttribute" -> {
                                        nonce.set(arguments[1]);
                                        return null;
                                    }
                                    case "getAttribute" -> {
                                        return nonce.get();
                                    }
                                    default -> {
                                        // everything else is the shared context's
                                    }
                                }
                            }
                            try {
                                return method.invoke(shared, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
