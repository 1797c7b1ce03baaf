package kolla.runbooks.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program. */
@SpringBootApplication
public class KollaRunbooks {

    public static void main(String[] args) {
        SpringApplication.run(KollaRunbooks.class, args);
    }
}
