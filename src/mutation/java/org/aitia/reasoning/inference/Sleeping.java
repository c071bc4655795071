package org.aitia.reasoning.inference;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.aitia.reasoning.rule.RuleBook;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.AgendaFilter;

/**
 * Rules of which some sleep: all mutants lie compiled beside the rules, and which of them fire is
 * chosen run by run. Not thread-safe.
 */
final class Sleeping {
  private final KieBase base;
  private final List<KieSession> open = new ArrayList<>();
  private Predicate<String> awake;
  private Set<String> matched = new HashSet<>();

  Sleeping(KieBase base) {
    this.base = base;
  }

  /** The rules, of which those fire that are awake at the time. */
  RuleBook book() {
    return new RuleBook(proxy(KieBase.class, base, this::open), java.util.Map.of());
  }

  void wake(Predicate<String> rules) {
    awake = rules;
  }

  /** Every rule whose conditions were met since this was asked last, whether it sleeps or not. */
  Set<String> matched() {
    Set<String> was = matched;
    matched = new HashSet<>();
    return was;
  }

  /** Ends all sessions. */
  void dispose() {
    open.forEach(KieSession::dispose);
    open.clear();
  }

  private Object open(Object session) {
    if (!(session instanceof KieSession opened)) {
      return session;
    }
    open.add(opened);
    InvocationHandler handler =
        (self, method, args) -> {
          if (method.getName().startsWith("fire")) {
            if (args == null || !(args[0] instanceof AgendaFilter own)) {
              throw new IllegalStateException("rules are fired without a filter: " + method);
            }
            // Asked last, for what the filter lets through is what was matched.
            return opened.fireAllRules(
                m -> own.accept(m) && fires(m.getRule().getName()),
                args.length == 2 ? (int) args[1] : Integer.MAX_VALUE);
          }
          return called(opened, method, args);
        };
    return Proxy.newProxyInstance(
        Sleeping.class.getClassLoader(), new Class<?>[] {KieSession.class}, handler);
  }

  private boolean fires(String rule) {
    matched.add(rule);
    return awake.test(rule);
  }

  private static <T> T proxy(
      Class<T> type, T target, java.util.function.UnaryOperator<Object> result) {
    InvocationHandler handler = (self, method, args) -> result.apply(called(target, method, args));
    return type.cast(
        Proxy.newProxyInstance(Sleeping.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object called(Object target, java.lang.reflect.Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
