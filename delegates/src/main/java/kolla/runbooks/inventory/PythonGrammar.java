package kolla.runbooks.inventory;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.objects.SafeString;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Builder.Feature;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;

/**
 * Jinja's expression grammar where Jinjava departs from it: {@code not} binds weaker than filters
 * and comparisons ({@code not x | bool}, {@code not a == b}), {@code and} gives the operand that
 * decided, and a truth equals no text. A number equals the text of it, which Python denies: Ansible
 * makes texts of numbers where this does not.
 */
final class PythonGrammar extends ExtendedSyntaxBuilder {

    private static final int CACHED_EXPRESSIONS = 2000;

    private PythonGrammar() {
        super(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
    }

    static ExpressionFactoryImpl factory() {
        return new ExpressionFactoryImpl(
                new TreeStore(new PythonGrammar(), new Cache(CACHED_EXPRESSIONS)),
                new PythonTypes());
    }

    @Override
    protected Parser createParser(String expression) {
        return new PythonParser(this, expression);
    }

    private static final class PythonParser extends ExtendedParser {
        PythonParser(Builder context, String expression) {
            super(context, expression);
        }

        @Override
        protected AstNode eq(boolean required) throws Scanner.ScanException, Parser.ParseException {
            if (getToken().getSymbol() == Scanner.Symbol.NOT) {
                consumeToken();
                return createAstUnary(eq(true), AstUnary.NOT);
            }
            return super.eq(required);
        }

        @Override
        protected AstBinary createAstBinary(
                AstNode left, AstNode right, AstBinary.Operator operator) {
            return super.createAstBinary(left, right, python(operator));
        }

        private static AstBinary.Operator python(AstBinary.Operator operator) {
            if (operator == AstBinary.AND) {
                return PythonParser::and;
            }
            if (operator == AstBinary.EQ) {
                return (b, c, left, right) -> equal(left.eval(b, c), right.eval(b, c));
            }
            if (operator == AstBinary.NE) {
                return (b, c, left, right) -> !equal(left.eval(b, c), right.eval(b, c));
            }
            return operator;
        }

        private static boolean equal(Object a, Object b) {
            boolean leftUndefined = Undefined.check(a);
            boolean undefined = Undefined.check(b) || leftUndefined;
            if (undefined || a == null || b == null) {
                return a == null && b == null;
            }
            Object left = a instanceof Boolean t && b instanceof Number ? (t ? 1 : 0) : a;
            Object right = b instanceof Boolean t && a instanceof Number ? (t ? 1 : 0) : b;
            if (left instanceof Number m && right instanceof Number n) {
                return m.doubleValue() == n.doubleValue();
            }
            if (isPlain(left) && isPlain(right)) {
                return left.toString().equals(right.toString());
            }
            return Plain.of(left).equals(Plain.of(right));
        }

        /** A number that stands in quotes in one place and not in another is the same number. */
        private static boolean isPlain(Object value) {
            return value instanceof Number
                    || value instanceof CharSequence
                    || value instanceof SafeString;
        }

        private static Object and(
                Bindings bindings, ELContext context, AstNode left, AstNode right) {
            Object first = left.eval(bindings, context);
            return bindings.convert(first, Boolean.class) ? right.eval(bindings, context) : first;
        }
    }

    private static final class PythonTypes extends TruthyTypeConverter {
        @Override
        protected String coerceToString(Object value) {
            return PythonText.of(value);
        }
    }
}
