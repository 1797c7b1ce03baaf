package kolla.runbooks.hosts.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

/** The quoting is held against a real shell: what it makes of the words must be what went in. */
class ShellQuoteTest {

    @Property(tries = 200)
    void givesTheShellExactlyTheWordsThatWentIn(@ForAll("odd") @NotEmpty List<String> words)
            throws Exception {
        assertThat(printed("printf '%s\\0' " + ShellQuote.words(words))).isEqualTo(words);
    }

    @Property(tries = 200)
    void survivesBeingQuotedTwice(@ForAll("odd") @NotEmpty List<String> words) throws Exception {
        String inner = "printf '%s\\0' " + ShellQuote.words(words);

        assertThat(printed("sh -c " + ShellQuote.word(inner))).isEqualTo(words);
    }

    @Property(tries = 200)
    void fitsOnOneLineThatReadTakes(@ForAll("odd") @NotEmpty List<String> words) throws Exception {
        String line = String.join(" ", words.stream().map(ShellQuote::lineWord).toList());
        String reader =
                ShellQuote.NEWLINE_VARIABLE + "='\n'; IFS= read -r l; eval \"printf '%s\\\\0' $l\"";

        assertThat(line).doesNotContain("\n");
        assertThat(printed(reader, line + "\n")).isEqualTo(words);
    }

    @Provide
    Arbitrary<List<String>> odd() {
        Arbitrary<String> nasty =
                Arbitraries.of(
                        "",
                        "-n",
                        "--",
                        "-rf",
                        "'",
                        "''",
                        "\\'",
                        "\n",
                        "\n\n",
                        "a\n",
                        "$(id)",
                        "`id`",
                        "*",
                        "~",
                        "a b",
                        "\t",
                        "\r",
                        "!!",
                        "\\",
                        "ä",
                        "\u0081\u0088",
                        "漢字",
                        "🜁",
                        "\u001b[31m",
                        "$_kr_nl",
                        ";",
                        "&&",
                        "%s",
                        "x=y");
        Arbitrary<String> any =
                Arbitraries.strings()
                        .all()
                        .ofMaxLength(20)
                        .filter(s -> s.indexOf('\0') < 0 && !hasLoneSurrogate(s));
        return Arbitraries.oneOf(nasty, any).list().ofMaxSize(8);
    }

    @Test
    void refusesANul() {
        assertThatThrownBy(() -> ShellQuote.word("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    private static List<String> printed(String command) throws IOException, InterruptedException {
        return printed(command, "");
    }

    private static List<String> printed(String command, String input)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return Arrays.asList(out.substring(0, out.length() - 1).split("\0", -1));
    }

    private static boolean hasLoneSurrogate(String text) {
        return !new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .equals(text);
    }
}
