package kolla.runbooks.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import kolla.runbooks.app.web.Client.Answer;

/** A browser's session with Camunda's web applications: cookies, login and CSRF token. */
public final class Session {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String base;

    private Session(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    public static Session open(int port) {
        Session session = new Session(port);
        session.get("/camunda/app/cockpit/default/");
        return session;
    }

    public static Session of(int port, String user) {
        Session session = open(port);
        Answer login =
                session.send(
                        session.request("/camunda/api/admin/auth/user/default/login/cockpit")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "username="
                                                        + user
                                                        + "&password="
                                                        + user
                                                        + "-password"))
                                .build());
        if (login.status() != 200) {
            throw new AssertionError("login of " + user + ": " + login.status() + login.text());
        }
        // the login began a new session, which has a CSRF token of its own
        session.get("/camunda/app/cockpit/default/");
        return session;
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer send(String method, String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json))
                        .build());
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .forEach(token -> request.header("X-XSRF-TOKEN", token));
        return request;
    }

    public Answer send(HttpRequest request) {
        try {
            return new Answer(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
