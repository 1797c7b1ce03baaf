package kolla.runbooks.inventory;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** The tests ({@code value is …}) that Ansible adds to Jinja or that must see undefined values. */
final class AnsibleTests {

    static final List<ExpTest> ALL =
            List.of(
                    new NamedTest("defined", (v, a) -> v != null && !(v instanceof Undefined)),
                    new NamedTest("undefined", (v, a) -> v == null || v instanceof Undefined),
                    new NamedTest("match", (v, a) -> pattern(a).matcher(text(v)).lookingAt()),
                    new NamedTest("search", (v, a) -> pattern(a).matcher(text(v)).find()),
                    new NamedTest("regex", (v, a) -> pattern(a).matcher(text(v)).find()));

    private AnsibleTests() {}

    private static Pattern pattern(Object[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("the test needs one regular expression");
        }
        return Pattern.compile(text(arguments[0]));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private record NamedTest(String name, BiPredicate<Object, Object[]> test) implements ExpTest {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
            return test.test(value, arguments);
        }
    }
}
