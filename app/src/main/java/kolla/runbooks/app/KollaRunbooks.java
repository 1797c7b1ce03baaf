package kolla.runbooks.app;

import java.io.IOException;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program; with the argument {@code generate-passwords} a command that does that and ends. */
@SpringBootApplication
public class KollaRunbooks {

    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals(GeneratePasswords.NAME)) {
            System.exit(GeneratePasswords.run(List.of(args).subList(1, args.length)));
        }
        SpringApplication.run(KollaRunbooks.class, args);
    }
}
