package kolla.runbooks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MaskerTest {

    @Property(tries = 500)
    void noFormOfASecretIsLeft(
            @ForAll("secrets") String secret,
            @ForAll("text") String before,
            @ForAll("text") String after) {
        Masker masker = new Masker(List.of("unrelated-value", secret));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<String> forms =
                List.of(
                        secret,
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        URLEncoder.encode(secret, StandardCharsets.UTF_8));

        for (String form : forms) {
            assertThat(masker.mask(before + form + after + form))
                    .doesNotContain(form)
                    .contains(Masker.MASK);
        }
    }

    @Property(tries = 500)
    void isFoundInsideALongerBase64Text(
            @ForAll("canaries") String secret, @ForAll("text") String user) {
        String header =
                Base64.getEncoder()
                        .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));

        String masked = new Masker(List.of(secret)).mask("Authorization: Basic " + header);

        // What is left decodes to nothing of the secret but a character that shares its group.
        String left = masked.substring(masked.lastIndexOf(' ') + 1).replaceAll("[*].*", "");
        String decoded =
                new String(Base64.getDecoder().decode(wholeGroups(left)), StandardCharsets.UTF_8);
        assertThat(masked).contains(Masker.MASK).doesNotContain(header);
        assertThat(decoded).doesNotContain(secret.substring(0, 4));
    }

    @Property(tries = 200)
    void ofTwoSecretsThatOverlapNothingIsLeft(@ForAll("canaries") String shared) {
        String first = "first-" + shared;
        String second = shared + "-second";

        assertThat(new Masker(List.of(first, second)).mask("x first-" + shared + "-second y"))
                .isEqualTo("x *** y");
    }

    @Property(tries = 200)
    void textWithoutSecretsStaysAsItIs(@ForAll("text") String text) {
        assertThat(new Masker(List.of("s3cr3t-canary-9")).mask(text)).isSameAs(text);
    }

    @Test
    void leavesValuesOfFewerThanFourCharacters() {
        assertThat(new Masker(List.of("no", "", "abc")).mask("no abc")).isEqualTo("no abc");
    }

    @Test
    void masksAKeyThatIsPrintedLineByLine() {
        String key =
                """
                -----BEGIN OPENSSH PRIVATE KEY-----
                b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ
                AAAAtzc2gtZWQyNTUxOQAAACDd
                -----END OPENSSH PRIVATE KEY-----
                """;

        assertThat(new Masker(List.of(key)).mask("3: AAAAtzc2gtZWQyNTUxOQAAACDd"))
                .isEqualTo("3: ***");
    }

    @Test
    void masksASecretInsideAJsonString() {
        assertThat(new Masker(List.of("a\"b\\c\nd")).mask("{\"p\":\"a\\\"b\\\\c\\nd\"}"))
                .isEqualTo("{\"p\":\"***\"}");
    }

    @Test
    void neverShowsItsSecrets() {
        assertThat(new Masker(List.of("s3cr3t-canary"))).asString().doesNotContain("canary");
    }

    private static String wholeGroups(String base64) {
        return base64.substring(0, base64.length() / 4 * 4);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars(" äß%+/=\"\\")
                .ofMinLength(4)
                .ofMaxLength(40)
                .filter(s -> s.strip().length() >= 4);
    }

    @Provide
    Arbitrary<String> canaries() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(10).ofMaxLength(40);
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars("abc :=,'{}\n").ofMaxLength(30);
    }
}
